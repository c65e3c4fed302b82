import { isConflict, isNotFound, type KubeClient } from '@targetgate/shared/kube';
import { pause } from './pause.ts';
import { isFinished, type Pod } from './pod/pod.ts';
import { untilAnswered } from './until-answered.ts';

/** Binds pods to nodes, in place of kube-scheduler. */
export interface Scheduler {
  /** Takes note of a pod as it is now; binds it if it waits for a node. */
  see(pod: Pod): void;
}

/**
 * Binds each pod to the next node, round robin in each namespace: the pods of an app are spread, as kube-scheduler does
 * by default. Resources, affinity, selectors, taints and priorities are not looked at. While no node is to be had (all are cordoned) a pod waits.
 */
export function createScheduler(options: {
  readonly client: KubeClient;
  /** The names of the nodes that take pods now, in order. */
  readonly nodes: () => readonly string[];
  readonly signal: AbortSignal;
  readonly onProblem: (problem: unknown) => void;
}): Scheduler {
  const { client, nodes, signal, onProblem } = options;
  const binding = new Set<string>();
  /** How many pods of a namespace were given a node. */
  const turns = new Map<string, number>();

  async function nextNode(namespace: string): Promise<string | undefined> {
    do {
      const turn = turns.get(namespace) ?? 0;
      const names = nodes();
      const name = names[turn % names.length];
      if (name !== undefined) {
        turns.set(namespace, turn + 1);
        return name;
      }
    } while (await pause(200, signal));
    return undefined;
  }

  async function bind({ namespace, name, uid }: Pod): Promise<void> {
    const node = await nextNode(namespace);
    if (node === undefined) return;
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/binding`;
    const target = { apiVersion: 'v1', kind: 'Node', name: node };
    const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name, uid }, target };
    try {
      await untilAnswered(() => client.request({ method: 'POST', path, body, signal }), signal);
    } catch (error) {
      // Gone, or bound by an attempt whose answer was lost.
      if (!signal.aborted && !isNotFound(error) && !isConflict(error)) onProblem(error);
    }
  }

  return {
    see: (pod) => {
      const waits =
        pod.nodeName === undefined && !pod.deletion && pod.schedulingGates === 0 && !isFinished(pod);
      if (!waits || binding.has(pod.uid)) return;
      binding.add(pod.uid);
      void bind(pod).finally(() => binding.delete(pod.uid));
    },
  };
}
