export {
  defaultBindingSettings,
  parseShare,
  settingsOfBinding,
  type BindingSettings,
  type SettingsOfBinding,
} from './binding-settings.ts';
export { bindingsOfPod, selects, type PodIdentity } from './bindings-of-pod.ts';
export { nodeRegistrationOf } from './node-registration.ts';
export type { Problem, ProblemOfBinding, ProblemOfSubject } from './problem.ts';
export { registrationOf, type PodCircumstances } from './registration.ts';
export type { Candidate, Registration, Resolution, Subject, Target } from './resolution.ts';
export { rememberedGroupOf } from './remembered-group.ts';
export { targetTypeOf } from './target-type.ts';
export { targetsOfBinding, type TargetsContext, type TargetsView } from './targets-of-binding.ts';
export { parseGlobs, tenancyOf, type KnownGroup, type Tenancy, type TenancyInput } from './tenancy.ts';
