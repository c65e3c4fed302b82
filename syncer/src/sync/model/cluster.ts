import type { TargetKey } from '../../ledger/ledger.ts';

/** A pod as the model knows it. */
export interface ModelPod {
  /** The number in its name; its successor of that name has another uid. */
  readonly n: number;
  readonly uid: string;
  readonly ip: string;
  readonly gated: boolean;
  readonly containersReady: boolean;
  /** Ready, for a pod without a gate. */
  readonly ready: boolean;
  readonly labelled: boolean;
  readonly terminating: boolean;
  readonly finished: boolean;
}

/** The cluster as the test has made it: what is true, in the test's own words and not by the syncer's rules. */
export function createModelCluster() {
  const pods = new Map<number, ModelPod>();
  /** The port that the service leads to; undefined while there is no service. */
  let port: number | undefined = 8080;
  const all = (): ModelPod[] => [...pods.values()];
  const stays = (pod: ModelPod): boolean => !pod.terminating && !pod.finished;
  const isWanted = (pod: ModelPod): boolean => (pod.gated ? pod.containersReady : pod.ready);
  const livePods = (): ModelPod[] => all().filter((pod) => stays(pod) && pod.labelled && port !== undefined);

  return {
    pods,
    all,
    get port() {
      return port;
    },
    setPort: (to: number | undefined) => {
      port = to;
    },
    /** The pods that the service selects and that stay. */
    livePods,
    /** Those of them that are ready to be in the target group. */
    wantedPods: (): ModelPod[] => livePods().filter(isWanted),
    isWanted,
    /** The pod with this uid, if it exists and stays. */
    staying: (uid: string | undefined): ModelPod | undefined =>
      all().find((pod) => pod.uid === uid && stays(pod)),
    /** Where the load balancer should find the pod. */
    targetOf: ({ ip }: ModelPod): TargetKey => `${ip}:${port}`,
    /** An address of a pod is free again when its containers have ended or it is gone. */
    hasAddress: (ip: string): boolean => all().some((pod) => pod.ip === ip && !pod.finished),
  };
}

export type ModelCluster = ReturnType<typeof createModelCluster>;
