import { expect, it } from '@jest/globals';
import { lbcGroup, namesOf } from '../names.ts';
import { wishOf, type PodWish } from './pod-wish.ts';

const key = 'elbv2.k8s.aws/graceful-termination';
const nothing: PodWish = { isInjected: undefined, profile: undefined, mistake: undefined };

it.each<[string, Record<string, string>, Partial<PodWish>]>([
  ['nothing', {}, {}],
  ['nothing by an annotation of another group', { 'targetgate.dev/graceful-termination': 'drain' }, {}],
  ['no sleep', { [key]: 'disabled' }, { isInjected: false }],
  ['a sleep', { [key]: 'enabled' }, { isInjected: true }],
  ['a sleep until the drain is over', { [key]: 'drain' }, { isInjected: true, profile: 'drain' }],
  ['a sleep until nothing is sent', { [key]: 'routing' }, { isInjected: true, profile: 'routing' }],
  [
    'what nobody understands',
    { [key]: 'yes' },
    { mistake: `annotation ${key} is "yes": it must be enabled, disabled, drain or routing` },
  ],
])('a pod may ask for %s', (_, endAnnotations, expected) => {
  expect(wishOf({ endAnnotations }, namesOf(lbcGroup))).toEqual({ ...nothing, ...expected });
});
