import type { Protocol, Service, ServicePort } from '../model/index.ts';

/**
 * The service's port that a binding names, by name or by number.
 *
 * | number shared by | target group's protocol | port |
 * | ---------------- | ----------------------- | ---- |
 * | TCP and UDP      | UDP, QUIC               | UDP  |
 * | TCP and UDP      | any other, or not known | TCP  |
 * | no one           |                         | it   |
 *
 * TCP_UDP and TCP_QUIC groups send both to one target port, so either would do.
 */
export function servicePortOf(
  service: Service,
  wanted: number | string,
  protocol: string | undefined,
): ServicePort | undefined {
  const named = service.ports.find((port) => port.name === wanted);
  if (named) return named;
  // A number in quotes is a number, as in LBC.
  const numbered = service.ports.filter((port) => port.port === Number(wanted));
  const fitting: Protocol = protocol === 'UDP' || protocol === 'QUIC' ? 'UDP' : 'TCP';
  return numbered.find((port) => port.protocol === fitting) ?? numbered[0];
}
