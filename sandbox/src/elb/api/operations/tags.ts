import type { DescribeTagsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { z } from 'zod';
import { validationError } from '../../errors.ts';
import { isArn } from '../../model/arn.ts';
import type { World } from '../../model/world.ts';
import { list, tags } from './input.ts';
import { balancerOf, groupOf, listenerOf } from './lookup.ts';
import { operation } from './operation.ts';

/** AWS: at most 20 resources in one call. */
const resources = list(z.string()).refine((arns) => arns.length > 0 && arns.length <= 20, {
  error: () => 'a call takes 1 to 20 resources',
});

function tagsOf(world: World, arn: string): Map<string, string> {
  if (isArn('target group', arn)) return groupOf(world, arn).tags;
  if (isArn('load balancer', arn)) return balancerOf(world, arn).tags;
  if (isArn('listener', arn)) return listenerOf(world, arn).listener.tags;
  throw validationError(`'${arn}' is not a valid ARN`);
}

/** All or nothing: an unknown resource fails the call. A tag that exists gets the new value. */
export const addTags = operation(z.object({ ResourceArns: resources, Tags: tags }), (input, world) => {
  const owners = input.ResourceArns.map((arn) => tagsOf(world, arn));
  for (const owner of owners) for (const { Key, Value } of input.Tags) owner.set(Key, Value);
  return {};
});

/** All tags of the resources, in the order asked for. */
export const describeTags = operation(
  z.object({ ResourceArns: resources }),
  (input, world): DescribeTagsOutput => ({
    TagDescriptions: input.ResourceArns.map((arn) => ({
      ResourceArn: arn,
      Tags: [...tagsOf(world, arn)].map(([Key, Value]) => ({ Key, Value })),
    })),
  }),
);
