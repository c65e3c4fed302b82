import { join } from 'node:path';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import { region } from '../region.ts';
import type { World } from '../world/index.ts';
import { objectName } from './app.ts';
import type { DeployedApp } from './deploy.ts';

/** A line per pod: its name, and the status, reason and message of its gate. */
const gateColumns = [
  'POD:.metadata.name',
  ...['status', 'reason', 'message'].map(
    (field) =>
      `${field.toUpperCase()}:.status.conditions[?(@.type=="target-health.elbv2.k8s.aws/${objectName}")].${field}`,
  ),
].join();

/** How to look around in a world that is kept. */
export async function keptLines(world: World, apps: readonly DeployedApp[]): Promise<string[]> {
  const labelled = apps.find((app) => app.labelled);
  const inLabelled = `--namespace=${labelled?.name ?? ''}`;
  const ours = '--namespace=targetgate-system';
  const holder = await world.kubectl([
    'get',
    'lease/targetgate-syncer-0',
    ours,
    '--output=jsonpath={.spec.holderIdentity}',
  ]);
  const leader = `pod/${holder.split('_')[0] ?? ''}`;
  const address = await world.kubectl(['get', leader, ours, '--output=jsonpath={.status.podIP}']);
  return [
    'Everything is left running. In another terminal:',
    '',
    `  export KUBECONFIG=${world.controlPlane.adminKubeconfig}`,
    `  alias kubectl=${binaries().kubectl}`,
    `  kubectl get pods -o wide ${inLabelled}`,
    `  kubectl get targetgroupbinding ${objectName} -o yaml ${inLabelled}`,
    `  kubectl get configmap targets.elbv2.k8s.aws.${objectName} -o yaml ${inLabelled}    # targetgate's ledger`,
    `  kubectl get pods ${inLabelled} -o custom-columns='${gateColumns}'    # each gate, with its reason`,
    `  kubectl rollout restart deployment/${objectName} ${inLabelled}`,
    '',
    ...apps.map(({ name, group }) => `  curl ${group.url}    # the load balancer of ${name}`),
    `  http://${address}:8080    the status page of the syncer that leads, with /metrics`,
    `  ${world.elbEndpoint}    the ELBv2 API, for aws --endpoint-url (any credentials, ${region})`,
    `  ${join(world.directory, 'logs')}    the logs of targetgate's pods (kubectl logs, exec and port-forward do not work in the sandbox)`,
    `  ${world.directory}    the logs of the sandbox itself`,
    '',
    'Ctrl-C stops it.',
  ];
}
