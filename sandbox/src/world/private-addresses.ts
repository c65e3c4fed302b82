import type { Addresses } from './instance.ts';

/**
 * The addresses of a world in a network namespace of its own (see netns/). Unlike loopback ones, EndpointSlices take
 * them. The namespace has all of 10.64.0.0/16.
 */
export const privateAddresses: Addresses = {
  vpc: '10.64.0.0/16',
  nodes: '10.64.0.0/24',
  loadBalancers: '10.64.1.0',
  services: '10.64.64.0/18',
  pods: '10.64.128.0/17',
};
