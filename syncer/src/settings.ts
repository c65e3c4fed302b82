import { commonSettings, type Settings } from '@targetgate/shared/runtime';

/** The syncer's settings. AWS credentials, region and endpoint come from the standard AWS_* variables. */
export const settings = { ...commonSettings } satisfies Settings;

export const about =
  'targetgate syncer: registers pods with the target groups of their TargetGroupBindings once their containers are\n' +
  'ready, mirrors target health into their readiness gates, and deregisters them when they start to terminate.\n' +
  'AWS is reached by the standard AWS_* variables (AWS_REGION, AWS_ENDPOINT_URL, credentials).';
