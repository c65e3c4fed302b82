import {
  describeLoadBalancerAttributes,
  describeTargetGroupAttributes,
  modifyLoadBalancerAttributes,
  modifyTargetGroupAttributes,
} from './attributes.ts';
import { createListener, deleteListener, describeListeners, modifyListener } from './listeners.ts';
import { createLoadBalancer, deleteLoadBalancer, describeLoadBalancers } from './load-balancers.ts';
import type { Operation } from './operation.ts';
import { addTags, describeTags } from './tags.ts';
import {
  createTargetGroup,
  deleteTargetGroup,
  describeTargetGroups,
  modifyTargetGroup,
} from './target-groups.ts';
import { deregisterTargets, describeTargetHealth, registerTargets } from './targets.ts';

/** Every operation that the simulator has, by the name that a call's `Action` gives. */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['AddTags', addTags],
  ['CreateListener', createListener],
  ['CreateLoadBalancer', createLoadBalancer],
  ['CreateTargetGroup', createTargetGroup],
  ['DeleteListener', deleteListener],
  ['DeleteLoadBalancer', deleteLoadBalancer],
  ['DeleteTargetGroup', deleteTargetGroup],
  ['DeregisterTargets', deregisterTargets],
  ['DescribeListeners', describeListeners],
  ['DescribeLoadBalancerAttributes', describeLoadBalancerAttributes],
  ['DescribeLoadBalancers', describeLoadBalancers],
  ['DescribeTags', describeTags],
  ['DescribeTargetGroupAttributes', describeTargetGroupAttributes],
  ['DescribeTargetGroups', describeTargetGroups],
  ['DescribeTargetHealth', describeTargetHealth],
  ['ModifyListener', modifyListener],
  ['ModifyLoadBalancerAttributes', modifyLoadBalancerAttributes],
  ['ModifyTargetGroup', modifyTargetGroup],
  ['ModifyTargetGroupAttributes', modifyTargetGroupAttributes],
  ['RegisterTargets', registerTargets],
]);
