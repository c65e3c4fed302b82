import * as z from 'zod';
import { lbcGroup } from '../names.ts';
import { parseGlobs } from '../resolve/index.ts';
import { logLevels } from './logging.ts';
import { portSchema, type Settings } from './config.ts';

/** The settings that both programs have. */
export const commonSettings = {
  'api-group': {
    env: 'API_GROUP',
    schema: z
      .string()
      .regex(
        /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
        'must be an API group: a DNS name with a dot, such as targetgate.dev',
      ),
    default: lbcGroup,
    about: 'API group of bindings, labels, gates and annotations; targetgate.dev beside an LBC',
  },
  'allowed-target-groups': {
    env: 'ALLOWED_TARGET_GROUPS',
    schema: z.string().transform(parseGlobs),
    default: '*',
    about: 'names or ARNs (globs) that a namespace may bind where its annotation does not say; - for none',
  },
  kubeconfig: {
    env: 'KUBECONFIG',
    schema: z.string().optional(),
    about: 'kubeconfig file; without it, the in-cluster ServiceAccount',
  },
  host: {
    env: 'HOST',
    schema: z.string().optional(),
    about: 'address to listen on; without it, all addresses',
  },
  'metrics-port': {
    env: 'METRICS_PORT',
    schema: portSchema,
    default: '8080',
    about: 'port of /metrics, /healthz and /readyz (plain http)',
  },
  'log-level': {
    env: 'LOG_LEVEL',
    schema: z.enum(logLevels),
    default: 'info',
    about: `one of ${logLevels.join(', ')}`,
  },
} satisfies Settings;
