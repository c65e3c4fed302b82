import { assumeRole } from './assume-role.ts';
import { operations } from './operations/index.ts';
import type { Operation } from './operations/operation.ts';

/** One AWS service of the endpoint. */
export type Service = {
  readonly operations: ReadonlyMap<string, Operation>;
  /** The XML namespace of its answers. */
  readonly namespace: string;
};

/** The services by the version of their API, which every call of the Query protocol gives. */
export const services: ReadonlyMap<string, Service> = new Map([
  ['2015-12-01', { operations, namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/' }],
  [
    '2011-06-15',
    {
      operations: new Map([['AssumeRole', assumeRole]]),
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    },
  ],
]);
