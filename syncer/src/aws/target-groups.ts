import {
  DeregisterTargetsCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Target } from '@targetgate/shared/resolve';
import { targetKey } from '../ledger/ledger.ts';
import type { TargetHealth } from '../plan/index.ts';
import type { ElbResult, TargetGroups } from '../sync/target-groups.ts';
import { troubleOf } from './trouble.ts';

/** Told of every call, for metrics: its operation, how it ended (`ok` or the trouble's reason) and how long it took. */
export type OnElbCall = (call: { operation: string; result: string; seconds: number }) => void;

/** A call that is not answered within this is given up and made again by a later round. */
const answerWithinMs = 5_000;
const connectWithinMs = 3_000;

/** Talks to ELB with the SDK's default credentials; in the region of each ARN, else in the environment's. */
export function createTargetGroups(onCall: OnElbCall): TargetGroups & { close(): void } {
  const clients = new Map<string | undefined, ElasticLoadBalancingV2Client>();

  function clientOf(arn?: string): ElasticLoadBalancingV2Client {
    const region = arn?.split(':')[3];
    const known = clients.get(region);
    if (known) return known;
    const client = new ElasticLoadBalancingV2Client({
      ...(region !== undefined && { region }),
      // The rounds retry, in the order of urgency; a retry inside the SDK would multiply calls when AWS throttles.
      maxAttempts: 1,
      requestHandler: {
        requestTimeout: answerWithinMs,
        connectionTimeout: connectWithinMs,
        // Without this the SDK warns of a call that hangs, and goes on waiting.
        throwOnRequestTimeout: true,
      },
    });
    clients.set(region, client);
    return client;
  }

  async function call<T>(operation: string, send: () => Promise<T>): Promise<ElbResult<T>> {
    const start = performance.now();
    const result = await send().then(
      (ok): ElbResult<T> => ({ ok }),
      (error: unknown): ElbResult<T> => ({ trouble: troubleOf(operation, error) }),
    );
    const seconds = (performance.now() - start) / 1000;
    onCall({ operation, result: 'ok' in result ? 'ok' : result.trouble.reason, seconds });
    return result;
  }

  return {
    find: async (ref) => {
      if (ref.by === 'arn') return { ok: ref.arn };
      const found = await call('DescribeTargetGroups', () =>
        clientOf().send(new DescribeTargetGroupsCommand({ Names: [ref.name] })),
      );
      if ('trouble' in found) return found;
      const arn = found.ok.TargetGroups?.[0]?.TargetGroupArn;
      return arn === undefined ? { trouble: noSuchGroup(ref.name) } : { ok: arn };
    },

    health: async (arn) => {
      const described = await call('DescribeTargetHealth', () =>
        clientOf(arn).send(new DescribeTargetHealthCommand({ TargetGroupArn: arn })),
      );
      if ('trouble' in described) return described;
      return { ok: new Map((described.ok.TargetHealthDescriptions ?? []).flatMap(toHealth)) };
    },

    register: async (arn, targets) =>
      withoutAnswer(
        await call('RegisterTargets', () =>
          clientOf(arn).send(
            new RegisterTargetsCommand({ TargetGroupArn: arn, Targets: targets.map(toSdk) }),
          ),
        ),
      ),

    deregister: async (arn, targets) =>
      withoutAnswer(
        await call('DeregisterTargets', () =>
          clientOf(arn).send(
            new DeregisterTargetsCommand({ TargetGroupArn: arn, Targets: targets.map(toSdk) }),
          ),
        ),
      ),

    close: () => {
      for (const client of clients.values()) client.destroy();
    },
  };
}

const toSdk = ({ ip, port }: Target) => ({ Id: ip, Port: port });

const withoutAnswer = (result: ElbResult<unknown>): ElbResult<undefined> =>
  'trouble' in result ? result : { ok: undefined };

const noSuchGroup = (name: string) =>
  troubleOf(
    'DescribeTargetGroups',
    Object.assign(new Error(`no target group named ${name}`), { name: 'TargetGroupNotFound' }),
  );

/** ELB leaves no field out in practice; an answer without one says nothing of its target. */
function toHealth({ Target, TargetHealth }: TargetHealthDescription): [string, TargetHealth][] {
  if (Target?.Id === undefined || Target.Port === undefined || TargetHealth?.State === undefined) return [];
  const { State: state, Reason: reason, Description: description } = TargetHealth;
  const health = { state, ...(reason && { reason }), ...(description && { description }) };
  return [[targetKey({ ip: Target.Id, port: Target.Port }), health]];
}
