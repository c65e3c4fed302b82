import { commonSettings, durationSchema, portSchema, type Settings } from '@targetgate/shared/runtime';
import * as z from 'zod';

/** Certificates count whole seconds: with fewer of them, one would be due as soon as it is issued. */
const lifeSchema = durationSchema.refine((ms) => ms >= 5_000, 'must be at least 5s');

/** The settings of the webhook. The names default to those in manifests/. */
export const settings = {
  ...commonSettings,
  port: {
    env: 'WEBHOOK_PORT',
    schema: portSchema,
    default: '9443',
    about: 'port of the admission server (https)',
  },
  'cert-dir': {
    env: 'CERT_DIR',
    schema: z.string().optional(),
    about:
      'folder of tls.crt and tls.key, read anew when they change; without it, certificates live in a Secret',
  },
  namespace: {
    env: 'POD_NAMESPACE',
    schema: z.string(),
    default: 'targetgate-system',
    about: 'namespace of this program, its Service and its Secret',
  },
  'service-name': {
    env: 'SERVICE_NAME',
    schema: z.string(),
    default: 'targetgate-webhook',
    about: 'Service by which the API server calls: the name in the certificate',
  },
  'secret-name': {
    env: 'SECRET_NAME',
    schema: z.string(),
    default: 'targetgate-webhook-tls',
    about: 'Secret that holds the certificates',
  },
  'webhook-configuration': {
    env: 'WEBHOOK_CONFIGURATION',
    schema: z.string(),
    default: 'targetgate',
    about: 'MutatingWebhookConfiguration and ValidatingWebhookConfiguration that are told whom to trust',
  },
  'certificate-life': {
    env: 'CERTIFICATE_LIFE',
    schema: lifeSchema,
    default: '90d',
    about: 'for how long a new serving certificate is good; it is renewed after two thirds of that',
  },
  'authority-life': {
    env: 'AUTHORITY_LIFE',
    schema: lifeSchema,
    default: '730d',
    about: 'for how long the authority that signs them is good; it is replaced after two thirds of that',
  },
  'longest-sleep': {
    env: 'LONGEST_SLEEP',
    schema: durationSchema,
    // With 30 s of grace, less than the 10 minutes after which cluster-autoscaler kills (--max-graceful-termination-sec).
    default: '9m',
    about: 'no pod is made to sleep for longer before SIGTERM, however long its target groups drain',
  },
  'eviction-deadline': {
    env: 'EVICTION_DEADLINE',
    schema: durationSchema,
    // And then a pod's end, 305 + 30 s where its group drains for AWS's default: an update of an EKS managed node group
    // fails after 15 minutes.
    default: '8m',
    about: 'for how long the eviction guard refuses one pod before it lets it go',
  },
} satisfies Settings;
