import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from '@targetgate/shared/kube';
import { startControlPlane } from '../control-plane/index.ts';
import { awsEnvironment, elbClient } from './aws.ts';
import type { WorldEvent } from './event.ts';
import { installTargetgate, programFlags } from './install.ts';
import { claimInstance } from './instance.ts';
import { setKubelet } from './kubelet.ts';
import { createKubectl } from './kubectl.ts';
import { control } from './control.ts';
import { checkNeededPorts } from './needed-ports.ts';
import type { WorldOptions } from './options.ts';
import { followPrograms } from './programs.ts';
import { leaveCalls, programsGroup } from './programs-calls.ts';
import { startElb, startNodes, startServices } from './parts.ts';
import { watchPods } from './pod-watch.ts';
import { makeTargetGroup } from './target-group.ts';
import { startTrafficProcess, type RunningTraffic } from './traffic-process.ts';
import { until } from './until.ts';
import type { World } from './world.ts';

/**
 * Starts a whole sandbox on this machine, everything of it a real process on loopback addresses of its own. Throws
 * when a part does not start or options.signal is aborted; nothing is left running then. What runs ends with this
 * process, however it ends.
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const { withTargetgate, onProgress = () => undefined, signal: given } = options;
  const breaking = new AbortController();
  const broken = given ? AbortSignal.any([breaking.signal, given]) : breaking.signal;
  const onBroken = (error: Error): void => breaking.abort(error);

  await using starting = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), 'targetgate-'));
  starting.defer(() => rm(directory, { recursive: true, force: true }));
  const instance = await claimInstance();
  starting.defer(instance.release);
  const addresses = options.addresses ?? instance.addresses;
  await checkNeededPorts(addresses.loadBalancers);

  const journal: WorldEvent[] = [];
  const programs = followPrograms();
  const record = (event: WorldEvent): void => {
    journal.push(event);
    programs.see(event);
    options.journal?.(event);
  };
  const part = { directory, addresses, onEvent: record, onBroken, signal: broken };

  onProgress(`control plane: etcd, kube-apiserver, kube-controller-manager (sandbox ${instance.number})`);
  const controlPlane = await startControlPlane({
    directory: join(directory, 'control-plane'),
    serviceRange: addresses.services,
    endpointSlices: !addresses.pods.startsWith('127.'),
    auditLog: { group: programsGroup },
    streamsLists: options.streamsLists ?? true,
    signal: broken,
  });
  starting.defer(async () => {
    await controlPlane.close();
    const folder = process.env.TARGETGATE_CALLS;
    if (folder) await leaveCalls(folder, { auditLog: controlPlane.auditLog, journal });
  });
  const kubeconfig = controlPlane.adminKubeconfig;

  onProgress('load balancing: an ELBv2 API with real listeners and health checks');
  const simulator = await startElb(part, options);
  starting.defer(() => simulator.stop().then(() => undefined));
  const elbEndpoint = simulator.ready.endpoint;
  const elb = elbClient(elbEndpoint);
  const clients = [elb];
  starting.defer(() => clients.forEach((client) => client.destroy()));

  onProgress('nodes: kubelet and kube-proxy stand-ins');
  const services = await startServices(part, kubeconfig);
  starting.defer(() => services.stop().then(() => undefined));
  const nodes = await startNodes(part, {
    kubeconfig,
    nodes: options.nodes ?? 2,
    reuseAddresses: options.reuseAddresses ?? 'last',
    firstRestartMs: options.firstRestartMs ?? 500,
    programs: programFlags,
    environment: awsEnvironment(elbEndpoint),
  });
  starting.defer(() => nodes.stop().then(() => undefined));
  const instances: Record<string, string> = {};
  for (const { instanceId, address } of nodes.ready.nodes) instances[instanceId] = address;
  await control(elbEndpoint, 'account', { instances });

  const kube = connect({ kubeconfig });
  starting.defer(() => kube.close());
  const pods = watchPods(kube, record);
  starting.defer(() => pods.stop());
  await pods.synced;
  const kubectl = createKubectl({ kubeconfig, directory, signal: broken });
  const untilSo: World['until'] = (description, probe, patience) =>
    until(description, probe, { ...patience, signal: broken });

  if (withTargetgate) {
    onProgress('targetgate: manifests/ by kubectl, webhook and syncer from their bundles');
    await installTargetgate({ kubectl, kube, until: untilSo }, options);
  }

  const started = starting.move();
  const traffic = new Set<RunningTraffic>();
  let closing: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    breaking.abort(new Error('the sandbox is being closed'));
    await Promise.allSettled([...traffic].map((running) => running.stop()));
    await started.disposeAsync();
  };
  const close = (): Promise<void> => (closing ??= closeAll());
  given?.addEventListener('abort', () => void close(), { once: true });

  return {
    kube,
    kubectl,
    apply: async (objects) => {
      const list = { apiVersion: 'v1', kind: 'List', items: objects };
      await kubectl(['apply', '-f', '-'], JSON.stringify(list));
    },
    elb,
    elbEndpoint,
    elbAs: (identity) => {
      const client = elbClient(elbEndpoint, identity);
      clients.push(client);
      return client;
    },
    makeTargetGroup: (wanted) => makeTargetGroup(elbEndpoint, { elb, ...wanted }),
    setFaults: (faults) => control(elbEndpoint, 'faults', faults),
    setAccount: (changes) => control(elbEndpoint, 'account', changes),
    setKubelet: (node, state) => setKubelet(kube, node, state),
    startTraffic: async (request) => {
      const running = await startTrafficProcess(request, { directory, record, onBroken, signal: broken });
      traffic.add(running);
      return {
        stop: () => {
          traffic.delete(running);
          return running.stop();
        },
      };
    },
    programs: (container) => programs.running(container),
    until: untilSo,
    journal,
    controlPlane,
    addresses,
    directory,
    broken,
    close,
  };
}
