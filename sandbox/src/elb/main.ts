import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../command-line.ts';
import { startElb } from './index.ts';
import type { ElbOptions } from './index.ts';

const help = `Starts an ELBv2 simulator: the API, real health checks, real load balancers on loopback addresses.

  --port N                  the API's port on 127.0.0.1 (default: any free one)
  --addresses IP            load balancers get addresses after this one (default 127.16.0.0)
  --vpc-cidr CIDR           the network that ip targets must be in; may be repeated (default 127.0.0.0/8)
  --registration-ms N       how long a target stays in Elb.RegistrationInProgress (default 1000)
  --routing-lag-ms N[,MAX]  how long requests still reach a deregistered target (default 2000), in groups that are
                            given no lag of their own
  --healthy-lag-ms N        from a target's healthy to its first request (default 100)
  --assume-checks           health checks pass without being made, for targets that nothing listens on
  --seed N                  makes random phases repeatable (default 1)

Prints one JSON object a line: first {"kind":"elb-ready","endpoint":"http://127.0.0.1:PORT"}, then each API call
and each change of a target's state. On the endpoint are, too: GET and PUT /_sandbox/faults (what goes wrong on
purpose), GET and PUT /_sandbox/account (instances, VPC, quotas, roles), GET and PUT /_sandbox/routing-lags (by ARN
of the target group), GET /_sandbox/calls, and STS's AssumeRole.
SIGTERM or SIGINT ends it in order.
`;

function number(flag: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`--${flag}: not a number: ${text}`);
  return value;
}

function readOptions(): ElbOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      port: { ...text, default: '0' },
      addresses: { ...text, default: '127.16.0.0' },
      'vpc-cidr': { ...text, multiple: true, default: ['127.0.0.0/8'] },
      'registration-ms': { ...text, default: '1000' },
      'routing-lag-ms': { ...text, default: '2000' },
      'healthy-lag-ms': { ...text, default: '100' },
      'assume-checks': { type: 'boolean', default: false },
      seed: { ...text, default: '1' },
    },
  });
  if (values.help) return 'help';
  const [min = '', max = min] = values['routing-lag-ms'].split(',');
  return {
    port: number('port', values.port),
    addresses: values.addresses,
    vpcCidrs: values['vpc-cidr'],
    registrationMs: number('registration-ms', values['registration-ms']),
    routingLagMs: [number('routing-lag-ms', min), number('routing-lag-ms', max)],
    healthyLagMs: number('healthy-lag-ms', values['healthy-lag-ms']),
    checks: values['assume-checks'] ? 'assumed' : 'made',
    seed: number('seed', values.seed),
  };
}

const print = (event: object): void => void process.stdout.write(`${JSON.stringify(event)}\n`);

async function run(options: ElbOptions): Promise<void> {
  const elb = await startElb({ ...options, record: print });
  print({ kind: 'elb-ready', endpoint: elb.endpoint });
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
  await elb.close();
}

const options = readCommandLine(readOptions);
if (options === 'help') process.stdout.write(help);
else if (options) {
  try {
    await run(options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
