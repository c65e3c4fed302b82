import type { World } from '../world/index.ts';
import type { DeployedApp } from './scenario.ts';
import { binaries } from '../../../scripts/control-plane-binaries.mjs';
import { objectName } from './app.ts';

/** How to look around in a world that is kept. */
export async function keptLines(world: World, apps: readonly DeployedApp[]): Promise<string[]> {
  const gated = apps.find((app) => app.gated);
  const inGated = `--namespace=${gated?.name ?? ''}`;
  const address = await world.kubectl([
    'get',
    'pod',
    '--namespace=targetgate-system',
    '--selector=app.kubernetes.io/name=targetgate-syncer',
    '--output=jsonpath={.items[0].status.podIP}',
  ]);
  return [
    'Everything is left running. In another terminal:',
    '',
    `  export KUBECONFIG=${world.controlPlane.adminKubeconfig}`,
    `  alias kubectl=${binaries().kubectl}`,
    `  kubectl get pods -o wide ${inGated}`,
    `  kubectl get targetgroupbinding ${objectName} -o yaml ${inGated}`,
    `  kubectl rollout restart deployment/${objectName} ${inGated}`,
    '',
    ...apps.map(({ name, group }) => `  curl ${group.url}    # the load balancer of ${name}`),
    `  http://${address}:8080    the syncer's status page, with /metrics`,
    `  ${world.elbEndpoint}    the ELBv2 API, for aws --endpoint-url (any credentials, us-east-1)`,
    `  ${world.directory}    logs`,
    '',
    'Ctrl-C stops it.',
  ];
}
