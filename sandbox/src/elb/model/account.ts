import { z } from 'zod';
import { createVpc, type Vpc } from './vpc.ts';

const role = z.strictObject({
  arn: z.string().regex(/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'not the ARN of a role'),
  /** Without it, the role trusts whoever asks. */
  externalId: z.string().optional(),
  /** Ends its sessions sooner than STS would. */
  sessionSeconds: z.number().positive().optional(),
});

const account = z.strictObject({
  /** The CIDR blocks of the VPC that ip targets are checked against. */
  vpcCidrs: z.array(z.union([z.cidrv4(), z.cidrv6()])),
  /** EC2's running instances: ids with addresses. */
  instances: z.record(z.string(), z.union([z.ipv4(), z.ipv6()])),
  /** Quotas by the name of the target group; others have AWS's default. */
  targetsPerGroup: z.record(z.string(), z.number().int().positive()),
  /** Roles that may be assumed, in this account or others. */
  roles: z.array(role),
});

/** What ELB knows of the world around target groups and load balancers. */
export type Account = z.infer<typeof account>;
export type Role = z.infer<typeof role>;

/** The shape of a change, as `PUT /_sandbox/account` takes it: what is given is replaced, the rest stays. */
export const accountChangesSchema = account.partial();
export type AccountChanges = z.infer<typeof accountChangesSchema>;

/** The account as it is now. */
export type AccountBox = {
  get(): Account;
  change(changes: AccountChanges): void;
  /** Made of the latest CIDR blocks and instances. */
  vpc(): Vpc;
};

/** @throws Error when a CIDR block is malformed. */
export function createAccount(initial: Account): AccountBox {
  let now = initial;
  let vpc = createVpc(now);
  return {
    get: () => now,
    change(changes) {
      const {
        vpcCidrs = now.vpcCidrs,
        instances = now.instances,
        targetsPerGroup = now.targetsPerGroup,
        roles = now.roles,
      } = changes;
      now = { vpcCidrs, instances, targetsPerGroup, roles };
      vpc = createVpc(now);
    },
    vpc: () => vpc,
  };
}
