import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { issueAuthority, issueServing } from '@targetgate/certs';
import { startProcess } from '@targetgate/sandbox/processes';
import type { World } from '@targetgate/sandbox/world';
import type { Lbc } from './lbc-stand-in.ts';
import { lbcWebhooks } from './lbc-webhooks.ts';

/** Below those that Linux gives to outgoing connections. */
const webhookPort = 19_443;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Starts the AWS Load Balancer Controller itself, its CRDs and its webhooks included. `source` is a folder with its
 * sources, and the built program `controller`. It needs EndpointSlices, so the world must have private addresses.
 */
export async function startRealLbc(world: World, source: string): Promise<Lbc> {
  await world.kubectl(['apply', '-f', join(source, 'helm/aws-load-balancer-controller/crds/crds.yaml')]);
  const now = Date.now();
  const authority = await issueAuthority(now, dayMs);
  const serving = await issueServing({ authority, dnsNames: ['localhost'], now, lifeMs: dayMs });
  await writeFile(join(world.directory, 'tls.crt'), serving.certificate);
  await writeFile(join(world.directory, 'tls.key'), serving.key);
  const ec2 = await startEc2(world.addresses.vpc);
  const endpoints = { EC2: urlOf(ec2), 'Elastic Load Balancing v2': world.elbEndpoint };

  const logFile = join(world.directory, 'lbc.log');
  const running = startProcess({
    command: join(source, 'controller'),
    args: [
      `--kubeconfig=${world.controlPlane.adminKubeconfig}`,
      '--cluster-name=sandbox',
      '--aws-region=us-east-1',
      '--aws-vpc-id=vpc-0123456789abcdef0',
      ...Object.entries(endpoints).map(([service, url]) => `--aws-api-endpoints=${service}=${url}`),
      '--enable-leader-election=false',
      // It asks ELB about pods that wait every 15 s by default.
      '--targetgroupbinding-requeue-duration=1s',
      '--metrics-bind-addr=0',
      '--health-probe-bind-addr=0',
      `--webhook-bind-port=${webhookPort}`,
      ...[
        `--webhook-cert-dir=${world.directory}`,
        '--webhook-cert-file=tls.crt',
        '--webhook-key-file=tls.key',
      ],
    ],
    env: { AWS_ACCESS_KEY_ID: 'lbc', AWS_SECRET_ACCESS_KEY: 'lbc', AWS_EC2_METADATA_DISABLED: 'true' },
    logFile,
  });
  await world.until('LBC’s webhooks can be called', async () => {
    const log = await readFile(logFile, 'utf8');
    return log.includes('Serving webhook server') ? { done: undefined } : { still: log.slice(-500) };
  });
  const webhooks = lbcWebhooks(`https://localhost:${webhookPort}`, authority.certificate);
  await world.apply(webhooks);

  return {
    stop: async () => {
      for (const { kind, metadata } of webhooks)
        await world.kubectl(['delete', `${kind}/${metadata.name}`, '--ignore-not-found']);
      await running.stop();
      ec2.close();
    },
  };
}

/** The one thing that LBC asks EC2 about bindings: which addresses are inside its VPC. */
async function startEc2(vpcCidr: string): Promise<Server> {
  const answer = `<DescribeVpcsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><vpcSet><item>
    <vpcId>vpc-0123456789abcdef0</vpcId><cidrBlock>${vpcCidr}</cidrBlock><cidrBlockAssociationSet><item>
    <cidrBlock>${vpcCidr}</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>
    </cidrBlockAssociationSet></item></vpcSet></DescribeVpcsResponse>`;
  const server = createServer((_request, response) => response.end(answer)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
