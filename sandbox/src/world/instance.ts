import { listenIfFree } from './listen-if-free.ts';

/** The addresses of one world, which no other world on this machine has. */
export interface Addresses {
  /** The VPC's CIDR block, as ELB knows it: it has all the others. */
  readonly vpc: string;
  readonly nodes: string;
  readonly pods: string;
  readonly services: string;
  /** Load balancers get addresses after this one. */
  readonly loadBalancers: string;
}

/** A world's claim on its addresses. */
export interface Instance {
  /** 0 for the first world on this machine. */
  readonly number: number;
  readonly addresses: Addresses;
  readonly release: () => Promise<void>;
}

/** 127.160.0.0 and up: below are the addresses that the sandbox's programs take when a person starts them alone. */
const firstOctet = 160;
const octetsPerInstance = 4;
const instances = 23;

/** The addresses of an instance: four blocks of 65,536, side by side. */
export function addressesOf(number: number): Addresses {
  const octet = firstOctet + number * octetsPerInstance;
  return {
    vpc: '127.0.0.0/8',
    nodes: `127.${octet}.0.0/24`,
    loadBalancers: `127.${octet + 1}.0.0`,
    pods: `127.${octet + 2}.0.0/16`,
    services: `127.${octet + 3}.0.0/16`,
  };
}

/**
 * Claims the lowest number that is free. An abstract Unix socket is the lock: it has neither file nor port, and the
 * system frees it when this process ends, however that is.
 *
 * @throws Error when all numbers are taken.
 */
export async function claimInstance(): Promise<Instance> {
  for (let number = 0; number < instances; number++) {
    const release = await listenIfFree({ path: `\0targetgate-sandbox-${number}` });
    if (release) return { number, addresses: addressesOf(number), release };
  }
  throw new Error(`${instances} sandboxes run on this machine; there are no addresses for another`);
}
