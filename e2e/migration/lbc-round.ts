import { createHash } from 'node:crypto';
import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
  type TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { World } from '@targetgate/sandbox/world';
import { gateOf } from '../app.ts';
import { conditionOf, gatesOf, podsOf, type ApiPod } from '../cluster.ts';
import { pathOf, type LbcBinding } from './lbc-binding.ts';
import { writeGateAsLbc } from './lbc-gate.ts';
import type { LbcRecords } from './lbc-record.ts';

const finalizer = 'elbv2.k8s.aws/resources';
const checkpoint = 'elbv2.k8s.aws/checkpoint';

/**
 * One round of LBC for one binding: where the checkpoint says that nothing has changed it looks no further; otherwise
 * whatever is registered and no pod's is deregistered, what is missing is registered, and gates follow health.
 */
export async function reconcileAsLbc(world: World, records: LbcRecords, binding: LbcBinding): Promise<void> {
  const { metadata, spec } = binding;
  if (metadata.deletionTimestamp !== undefined || spec.targetType !== 'ip') return;
  if (!metadata.finalizers?.includes(finalizer)) {
    await patchBinding(world, binding, { finalizers: [...(metadata.finalizers ?? []), finalizer] });
  }
  const pods = (await selectedPods(world, binding)).filter((pod) => !pod.metadata.deletionTimestamp);
  const gate = gateOf(metadata.name);
  const isTrue = (pod: ApiPod, type: string): boolean => conditionOf(pod, type)?.status === 'True';
  const endpoints = pods.filter(
    (pod) => isTrue(pod, 'Ready') || (isTrue(pod, 'ContainersReady') && gatesOf(pod).includes(gate)),
  );
  const wanted = endpoints.map(targetOf).sort();
  const seen = `${sha(wanted.join())}/${sha(JSON.stringify(spec))}`;
  const pending = endpoints.length < pods.length;
  if (!pending && seen === metadata.annotations?.[checkpoint]) return;

  const registered = await notDraining(world, spec.targetGroupARN);
  const missing = wanted.filter((target) => !registered.has(target));
  const surplus = [...registered.keys()].filter((target) => !wanted.includes(target));
  const { mine, isNew } = await records.mine(binding, surplus);
  const call = (targets: readonly string[]) => ({
    TargetGroupArn: spec.targetGroupARN,
    Targets: targets.map((target) => ({ Id: target.split(':')[0], Port: Number(target.split(':')[1]) })),
  });
  if (mine.length > 0) await world.elb.send(new DeregisterTargetsCommand(call(mine)));
  if (missing.length > 0) {
    await records.write(binding, wanted, 'always');
    await world.elb.send(new RegisterTargetsCommand(call(missing)));
  } else {
    await records.write(binding, wanted, isNew || mine.length > 0 ? 'always' : 'first time');
  }

  const gated = endpoints.filter((pod) => gatesOf(pod).includes(gate));
  for (const pod of gated) {
    await writeGateAsLbc(world, pod, { binding, health: registered.get(targetOf(pod)) });
  }
  const healthy = gated.every((pod) => registered.get(targetOf(pod))?.State === 'healthy');
  const isSettled = healthy && !pending;
  await saveCheckpoint(world, binding, isSettled ? seen : '');
  if (isSettled && binding.status?.observedGeneration !== metadata.generation) {
    const body = { status: { observedGeneration: metadata.generation } };
    await world.kube.request({ method: 'PATCH', path: `${pathOf(binding)}/status`, patch: 'merge', body });
  }
}

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const targetOf = ({ status }: ApiPod): string => `${status.podIP ?? ''}:8080`;

async function selectedPods(world: World, { metadata, spec }: LbcBinding): Promise<readonly ApiPod[]> {
  const { namespace } = metadata;
  const { spec: service } = await world.kube.request<{ spec: { selector: Record<string, string> } }>({
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/services/${spec.serviceRef.name}`,
  });
  const wanted = Object.entries(service.selector);
  const pods = await podsOf(world, namespace);
  return pods.filter(({ metadata: { labels } }) => wanted.every(([key, value]) => labels?.[key] === value));
}

async function notDraining({ elb }: World, arn: string): Promise<ReadonlyMap<string, TargetHealth>> {
  const { TargetHealthDescriptions = [] } = await elb.send(
    new DescribeTargetHealthCommand({ TargetGroupArn: arn }),
  );
  return new Map(
    TargetHealthDescriptions.map(({ Target, TargetHealth = {} }): [string, TargetHealth] => [
      `${Target?.Id ?? ''}:${String(Target?.Port)}`,
      TargetHealth,
    ]).filter(([, { State }]) => State !== 'draining'),
  );
}

async function saveCheckpoint(world: World, binding: LbcBinding, value: string): Promise<void> {
  if ((binding.metadata.annotations?.[checkpoint] ?? '') === value) return;
  const at = String(Math.floor(Date.now() / 1000));
  await patchBinding(world, binding, {
    annotations: { [checkpoint]: value, [`${checkpoint}-timestamp`]: at },
  });
}

const patchBinding = ({ kube }: World, binding: LbcBinding, metadata: object): Promise<unknown> =>
  kube.request({ method: 'PATCH', path: pathOf(binding), patch: 'merge', body: { metadata } });
