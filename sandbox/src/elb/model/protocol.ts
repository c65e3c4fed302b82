/** The protocols of target groups and listeners that the simulator knows. */
export const protocols = ['HTTP', 'TCP', 'UDP', 'TCP_UDP'] as const;
export type Protocol = (typeof protocols)[number];

/** The type of load balancer that listens by a protocol (AWS: CreateListener, Protocol). */
export const balancerTypeOf = (protocol: Protocol): 'application' | 'network' =>
  protocol === 'HTTP' ? 'application' : 'network';

/** The protocols of groups that a listener may forward to (AWS: "Listeners for your Network Load Balancers"). */
export const groupProtocols: Readonly<Record<Protocol, readonly Protocol[]>> = {
  HTTP: ['HTTP'],
  TCP: ['TCP', 'TCP_UDP'],
  UDP: ['UDP', 'TCP_UDP'],
  TCP_UDP: ['TCP_UDP'],
};
