import { z } from 'zod';
import { operation } from './operations/operation.ts';

/** STS's AssumeRole. The access key id names the role, so that a call says whose it is; secrets are not checked. */
export const assumeRole = operation(
  z.object({
    RoleArn: z.string(),
    RoleSessionName: z.string().min(2).max(64),
    ExternalId: z.string().optional(),
    DurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
  }),
  (input, world) => {
    const request = { role: input.RoleArn, externalId: input.ExternalId, seconds: input.DurationSeconds };
    const { accessKeyId, account, role, expiresAt } = world.sessions.assume(request, Date.now());
    const name = role.slice(role.lastIndexOf('/') + 1);
    return {
      AssumedRoleUser: {
        AssumedRoleId: `AROA:${input.RoleSessionName}`,
        Arn: `arn:aws:sts::${account}:assumed-role/${name}/${input.RoleSessionName}`,
      },
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: 'sandbox',
        SessionToken: 'sandbox',
        Expiration: new Date(expiresAt),
      },
    };
  },
);
