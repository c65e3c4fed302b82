import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { issueAuthority, issueServing } from '@targetgate/certs';
import { startProcess } from '../processes/index.ts';
import type { World } from '../world/index.ts';
import { lbcWebhooks } from './webhooks.ts';

/** The AWS Load Balancer Controller, as a process. */
export interface RunningLbc {
  readonly pid: number;
  /** Stops it, and takes its webhooks away. */
  stop(): Promise<void>;
}

/** The built program in a folder of LBC's sources: CONTRIBUTING.md says how it comes there. */
export const lbcProgram = (source: string): string => join(source, 'controller');

/** Below those that Linux gives to outgoing connections. */
const webhookPort = 19_443;

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Starts LBC from a folder of its sources with the built program, its CRDs and its webhooks included. It needs
 * EndpointSlices, so the world must have private addresses. Throws when it does not start; nothing is left running then.
 */
export async function startLbc(
  world: World,
  { source, args = [] }: { readonly source: string; readonly args?: readonly string[] },
): Promise<RunningLbc> {
  await world.kubectl(['apply', '-f', join(source, 'helm/aws-load-balancer-controller/crds/crds.yaml')]);
  // It gives up where the API server does not know them yet.
  await world.kubectl(['wait', '--for=condition=Established', '--timeout=30s', 'crd', '--all']);
  const now = Date.now();
  const authority = await issueAuthority(now, dayMs);
  const serving = await issueServing({ authority, dnsNames: ['localhost'], now, lifeMs: dayMs });
  await writeFile(join(world.directory, 'tls.crt'), serving.certificate);
  await writeFile(join(world.directory, 'tls.key'), serving.key);
  await using starting = new AsyncDisposableStack();
  const ec2 = await startEc2(world.addresses.vpc);
  starting.defer(() => void ec2.close());
  const endpoints = { EC2: urlOf(ec2), 'Elastic Load Balancing v2': world.elbEndpoint };

  const logFile = join(world.directory, 'lbc.log');
  const running = startProcess({
    command: lbcProgram(source),
    args: [
      `--kubeconfig=${world.controlPlane.adminKubeconfig}`,
      '--cluster-name=sandbox',
      '--aws-region=us-east-1',
      '--aws-vpc-id=vpc-0123456789abcdef0',
      ...Object.entries(endpoints).map(([service, url]) => `--aws-api-endpoints=${service}=${url}`),
      '--enable-leader-election=false',
      '--metrics-bind-addr=0',
      '--health-probe-bind-addr=0',
      `--webhook-bind-port=${webhookPort}`,
      ...[
        `--webhook-cert-dir=${world.directory}`,
        '--webhook-cert-file=tls.crt',
        '--webhook-key-file=tls.key',
      ],
      ...args,
    ],
    env: { AWS_ACCESS_KEY_ID: 'lbc', AWS_SECRET_ACCESS_KEY: 'lbc', AWS_EC2_METADATA_DISABLED: 'true' },
    logFile,
  });
  starting.defer(() => running.stop().then(() => undefined));
  await world.until('LBC’s webhooks can be called', async () => {
    const log = await readFile(logFile, 'utf8');
    return log.includes('Serving webhook server') ? { done: undefined } : { still: log.slice(-500) };
  });
  const webhooks = lbcWebhooks(`https://localhost:${webhookPort}`, authority.certificate);
  starting.defer(async () => {
    for (const { kind, metadata } of webhooks)
      await world.kubectl(['delete', `${kind}/${metadata.name}`, '--ignore-not-found']);
  });
  await world.apply(webhooks);

  const started = starting.move();
  return { pid: running.pid, stop: () => started.disposeAsync() };
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
