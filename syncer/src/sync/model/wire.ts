import { KubeUnreachable, type KubeRequest } from '@targetgate/shared/kube';
import { targetKey } from '../../ledger/ledger.ts';
import type { GateCondition } from '../../plan/index.ts';
import type { Surroundings } from '../fixtures.ts';
import { createLine, type Call, type Failure, type Operation, type Weather } from './line.ts';
import type { Rules } from './rules.ts';
import type { ElbTrouble } from '../target-groups.ts';

/** What lies between the model's syncers and their surroundings. It tells the rules of all calls. */
export function createWire(rules: Rules) {
  const weather = new Map<Operation, Weather>();
  let cut: (landed: boolean) => void = () => undefined;

  function connect({ client, targetGroups, clock }: Surroundings): Surroundings {
    const line = createLine(clock, weather);
    cut = line.cut;
    const carry = <T>(call: Call<T>): Promise<T> => {
      if (line.isCut()) return never();
      rules.called();
      return line.carry(call);
    };

    return {
      clock,
      client: {
        ...client,
        request: <T>(request: KubeRequest) => {
          if (!line.isCut() && isGateWrite(request)) rules.writingGate(...gateIn(request));
          const fail = (): Promise<T> => Promise.reject(new KubeUnreachable('connection reset'));
          return carry({ operation: operationOf(request), act: () => client.request<T>(request), fail });
        },
      },
      targetGroups: {
        find: (ref) => targetGroups.find(ref),
        health: (arn) => {
          let seen = (): void => undefined;
          const act = async () => {
            const answer = await targetGroups.health(arn);
            if ('ok' in answer) seen = rules.looking(answer.ok);
            return answer;
          };
          return carry({ operation: 'look', act, fail: refusal }).then((answer) => {
            if ('ok' in answer) seen();
            return answer;
          });
        },
        register: (arn, targets) => {
          if (line.isCut()) return never();
          const uids = rules.registering(targets.map(targetKey));
          const act = async () => {
            const stood = rules.standing(uids.keys());
            const answer = await targetGroups.register(arn, targets);
            rules.registered(uids, stood);
            return answer;
          };
          return carry({ operation: 'register', act, fail: refusal });
        },
        deregister: (arn, targets) => {
          if (line.isCut()) return never();
          const keys = targets.map(targetKey);
          rules.deregistering(keys);
          const act = async () => {
            const answer = await targetGroups.deregister(arn, targets);
            rules.deregistered(keys);
            return answer;
          };
          const fail = (how: Failure) => {
            if (how !== 'answer-lost') rules.notDeregistered(keys);
            return refusal(how);
          };
          return carry({ operation: 'deregister', act, fail });
        },
      },
    };
  }

  return {
    /** How the calls of each operation fare now; those that are not named fare well. */
    weather,
    connect,
    /** Cuts the connected syncer off for good: its calls under way end now, with their effect or without it. */
    cut: (landed: boolean) => {
      cut(landed);
    },
  };
}

const never = <T>(): Promise<T> => new Promise(() => undefined);

const reasons = { refused: 'Throttled', blamed: 'InvalidTarget', 'answer-lost': 'Unreachable' } as const;

/** What AWS says of a call that it refused, and what is said where no answer came. */
const refusal = (how: Failure): Promise<{ trouble: ElbTrouble }> =>
  Promise.resolve({ trouble: { reason: reasons[how], message: `the call was ${how}` } });

const isGateWrite = ({ path }: KubeRequest): boolean => path.includes('/pods/');

function operationOf(request: KubeRequest): Operation {
  if (isGateWrite(request)) return 'gate';
  return request.path.includes('/configmaps') ? 'ledger' : 'binding';
}

function gateIn({ body }: KubeRequest): [uid: string, condition: GateCondition] {
  const patch = body as { metadata: { uid: string }; status: { conditions: [GateCondition] } };
  return [patch.metadata.uid, patch.status.conditions[0]];
}
