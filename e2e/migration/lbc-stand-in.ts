import type { World } from '@targetgate/sandbox/world';
import { bindingsPath, type LbcBinding } from './lbc-binding.ts';
import { createLbcRecords } from './lbc-record.ts';
import { reconcileAsLbc } from './lbc-round.ts';

/** A controller that works on the bindings of elbv2.k8s.aws, and can be stopped as by scaling it to 0. */
export interface Lbc {
  stop(): Promise<void>;
}

/** How often it looks at all bindings, in milliseconds: LBC itself goes by watches, and every 15 s while pods wait. */
const everyMs = 300;

/**
 * Plays the AWS Load Balancer Controller's part for bindings of type ip, by what its sources (v3.2) do: see
 * reconcileAsLbc. It injects no gates: targetgate's webhook injects the same ones under the same label.
 */
export function startLbcStandIn(world: World): Lbc {
  const stopping = new AbortController();
  const records = createLbcRecords(world);

  async function work(): Promise<void> {
    while (!stopping.signal.aborted && !world.broken.aborted) {
      const { items } = await world.kube.request<{ items: LbcBinding[] }>({
        method: 'GET',
        path: bindingsPath,
      });
      for (const binding of items) await reconcileAsLbc(world, records, binding);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  const done = work();
  // Its end is awaited by stop(); until then a failure must not end the process.
  done.catch(() => undefined);
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };
}
