import { appPort } from './objects.ts';
import type { PlannedPod } from './plan.ts';

/** What a kubelet reports once the containers of a pod are ready and its gate is not open. */
export const readyStatus = ({ address }: Pick<PlannedPod, 'address'>, now: Date): object =>
  statusOf(address, now, [
    { type: 'PodScheduled', status: 'True' },
    { type: 'Initialized', status: 'True' },
    { type: 'ContainersReady', status: 'True' },
    { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
  ]);

/** What the API has of a pod that has long been ready: its gate is open, and its kubelet has made it Ready. */
export const servingStatus = ({ address, group }: Pick<PlannedPod, 'address' | 'group'>, now: Date): object =>
  statusOf(address, now, [
    {
      type: `target-health.elbv2.k8s.aws/${group}`,
      status: 'True',
      reason: 'Healthy',
      message: `target ${address}:${appPort} is healthy`,
    },
    { type: 'PodScheduled', status: 'True' },
    { type: 'Initialized', status: 'True' },
    { type: 'ContainersReady', status: 'True' },
    { type: 'Ready', status: 'True' },
  ]);

interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

function statusOf(address: string, now: Date, conditions: readonly Condition[]): object {
  const at = now.toISOString();
  return {
    phase: 'Running',
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: at,
    conditions: conditions.map((condition) => ({ ...condition, lastTransitionTime: at })),
    containerStatuses: [
      {
        name: 'app',
        image: 'registry.example/crowd/app:1.42.0',
        imageID: `registry.example/crowd/app@sha256:${'0'.repeat(64)}`,
        containerID: `containerd://${'0'.repeat(64)}`,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: at } },
      },
    ],
  };
}
