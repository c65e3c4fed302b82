import { defaultBindingSettings } from '@targetgate/shared/resolve';
import type { Config } from '@targetgate/shared/runtime';
import { defaultPolicy } from './plan/index.ts';
import type { settings } from './settings.ts';
import type { SyncContext } from './sync/context.ts';

/** What an operator's configuration comes to in the work of all bindings. */
export const configuredSync = (
  config: Config<typeof settings>,
): Pick<SyncContext, 'policy' | 'defaults' | 'tenancy' | 'shadow'> => ({
  policy: {
    ...defaultPolicy,
    lookEveryMs: { ...defaultPolicy.lookEveryMs, settled: config['sync-period'] },
    replaceWithinMs: config['replace-within'],
    failOpenAfterMs: config['fail-open-after'],
  },
  defaults: {
    ...defaultBindingSettings,
    gatePolicy: config['gate-policy'],
    gateFloor: config['gate-floor'],
    notInUse: config['target-not-in-use'],
  },
  tenancy: { allowed: config['allowed-target-groups'], tagKey: config['namespace-tag'] },
  shadow: config.shadow,
});
