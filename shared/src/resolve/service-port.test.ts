import { describe, expect, it } from '@jest/globals';
import { apiService } from '../fixtures/cluster.ts';
import { projectService } from '../model/index.ts';
import { servicePortOf } from './service-port.ts';

const web = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'admin', port: 90, targetPort: 9090 },
];
const dns = [
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'dns-tcp', port: 53, protocol: 'TCP' },
];

interface Case {
  readonly fact: string;
  readonly ports: readonly object[];
  readonly wanted: number | string;
  readonly protocol?: string;
  /** The name of the port that is found. */
  readonly found: string | undefined;
}

const cases: Case[] = [
  { fact: 'is found by its number', ports: web, wanted: 90, found: 'admin' },
  { fact: 'is found by its name', ports: web, wanted: 'admin', found: 'admin' },
  { fact: 'is found by its number in quotes', ports: web, wanted: '90', found: 'admin' },
  {
    fact: 'is a name before it is a number',
    ports: [...web, { name: '90', port: 1 }],
    wanted: '90',
    found: '90',
  },
  { fact: 'is missed by a name that no port has', ports: web, wanted: 'https', found: undefined },
  { fact: 'is missed by a number that no port has', ports: web, wanted: 443, found: undefined },
  { fact: 'is not the targetPort', ports: web, wanted: 8080, found: undefined },
  ...['UDP', 'QUIC'].map((protocol) => ({
    fact: `is the UDP one of two with the same number, for a ${protocol} group`,
    ports: dns,
    wanted: 53,
    protocol,
    found: 'dns',
  })),
  ...['TCP', 'TLS', 'HTTP', 'HTTPS', 'TCP_UDP', 'TCP_QUIC', 'GENEVE'].map((protocol) => ({
    fact: `is the TCP one of two with the same number, for a ${protocol} group`,
    ports: dns,
    wanted: 53,
    protocol,
    found: 'dns-tcp',
  })),
  {
    fact: 'is the TCP one of two with the same number while the protocol is not known',
    ports: dns,
    wanted: 53,
    found: 'dns-tcp',
  },
  {
    fact: 'is the one of its name, whatever the protocol',
    ports: dns,
    wanted: 'dns-tcp',
    protocol: 'UDP',
    found: 'dns-tcp',
  },
  {
    fact: 'is the only one with its number, whatever the protocol',
    ports: web,
    wanted: 80,
    protocol: 'UDP',
    found: 'http',
  },
];

describe('the service port of a binding', () => {
  it.each(cases)('$fact', ({ ports, wanted, protocol, found }) => {
    const service = projectService(apiService({ spec: { ports } }));
    expect(servicePortOf(service, wanted, protocol)?.name).toBe(found);
  });
});
