import { KubeError, KubeUnreachable, type KubeClient, type KubeRequest } from '@targetgate/shared/kube';
import type { Clock } from '@targetgate/shared/runtime';
import { targetKey } from '../../ledger/ledger.ts';
import type { GateCondition } from '../../plan/index.ts';
import type { ElbResult, ElbTrouble, GroupCalls, TargetGroups } from '../target-groups.ts';
import { bindingOfRole, names } from './api-objects.ts';
import { createLine, type Call, type Failure, type Operation, type Weather } from './line.ts';
import type { Rules } from './rules.ts';

/** What a syncer reaches, and by what. */
interface Ends {
  readonly client: KubeClient;
  readonly calls: GroupCalls;
  readonly clock: Clock;
  readonly weather: ReadonlyMap<Operation, Weather>;
}

/** What lies between one syncer and its surroundings. It tells the rules of all calls. */
export function createWire({ client, calls, clock, weather }: Ends, rules: Rules) {
  const line = createLine(clock, weather);
  const carry = <T>(call: Call<T>): Promise<T> => {
    if (line.isCut()) return never();
    rules.called();
    return line.carry(call);
  };

  const request = <T>(request: KubeRequest): Promise<T> => {
    if (!line.isCut() && isGateWrite(request)) noteGate(request);
    const fail = (): Promise<T> => Promise.reject(new KubeUnreachable('connection reset'));
    const act = async (isLate: boolean): Promise<T> => {
      const answer = client.request<T>(request);
      if (request.method === 'GET' && !isLate) await noteRead(request.path, answer);
      return answer;
    };
    return carry({ operation: operationOf(request), act, fail });
  };

  function noteGate({ body }: KubeRequest): void {
    const { metadata, status } = body as GatePatch;
    for (const { type, ...condition } of status.conditions) {
      rules.writingGate(names.bindingOfGate(type) ?? '', metadata.uid, condition);
    }
  }

  const noteRead = (path: string, answer: Promise<unknown>): Promise<void> =>
    answer.then(
      (found) => rules.read(path, found),
      (error: unknown) => {
        if (error instanceof KubeError) rules.read(path, undefined);
      },
    );

  /** A call to ELB of one binding. */
  const carryFor = async <T>(by: string, call: Call<ElbResult<T>>): Promise<ElbResult<T>> => {
    const answer = await carry(call);
    rules.answered(by, call.operation, 'trouble' in answer ? answer.trouble.reason : undefined);
    return answer;
  };

  const callsOf = (by: string): GroupCalls => ({
    find: (ref) => calls.find(ref),
    facts: (arn, urgency) =>
      carryFor(by, { operation: 'facts', act: () => calls.facts(arn, urgency), fail: refusal }),

    health: async (arn) => {
      const askedAt = clock.now();
      let seen = (): void => undefined;
      const act = async () => {
        const answer = await calls.health(arn);
        if ('ok' in answer) seen = rules.looking(by, answer.ok, askedAt);
        return answer;
      };
      const answer = await carryFor(by, { operation: 'look', act, fail: refusal });
      if ('ok' in answer) seen();
      return answer;
    },

    register: (arn, targets, zone) => {
      if (line.isCut()) return never();
      const keys = targets.map(targetKey);
      const registering = rules.registering(by, keys);
      const act = async (isLate: boolean) => {
        const stood = rules.standing(keys);
        const answer = await calls.register(arn, targets, zone);
        if ('ok' in answer) rules.registered(registering, stood, isLate);
        return answer;
      };
      // ELB does not blame targets that it has.
      const fail = (how: Failure) =>
        how === 'blamed' && rules.standing(keys).size === keys.length ? act(false) : refusal(how);
      return carryFor(by, { operation: 'register', act, fail });
    },

    deregister: (arn, targets) => {
      if (line.isCut()) return never();
      const keys = targets.map(targetKey);
      rules.deregistering(by, keys);
      const act = async (isLate: boolean) => {
        const answer = await calls.deregister(arn, targets);
        rules.deregistered(keys, isLate);
        return answer;
      };
      const fail = (how: Failure) => {
        if (how !== 'answer-lost') rules.notDeregistered(keys);
        return refusal(how);
      };
      return carryFor(by, { operation: 'deregister', act, fail });
    },
  });

  return {
    client: { ...client, request },
    targetGroups: { as: (role) => callsOf(bindingOfRole(role)) } satisfies TargetGroups,
    /** Cuts the syncer off for good: its calls under way land so much later (ms), or never. */
    cut: line.cut,
  };
}

const never = <T>(): Promise<T> => new Promise(() => undefined);

const reasons = { refused: 'Throttled', blamed: 'InvalidTarget', 'answer-lost': 'Unreachable' } as const;

/** What AWS says of a call that it refused, and what is said where no answer came. */
const refusal = (how: Failure): Promise<{ trouble: ElbTrouble }> =>
  Promise.resolve({ trouble: { reason: reasons[how], message: `the call was ${how}` } });

const isGateWrite = ({ method, path }: KubeRequest): boolean => method === 'PATCH' && path.includes('/pods/');

function operationOf(request: KubeRequest): Operation {
  if (isGateWrite(request)) return 'gate';
  if (request.path.includes('/configmaps')) return 'ledger';
  return request.path.includes('/targetgroupbindings') ? 'binding' : 'read';
}

interface GatePatch {
  readonly metadata: { readonly uid: string };
  readonly status: { readonly conditions: readonly (GateCondition & { readonly type: string })[] };
}
