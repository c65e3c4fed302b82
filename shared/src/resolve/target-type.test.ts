import { expect, it } from '@jest/globals';
import { apiBinding } from '../fixtures/cluster.ts';
import { projectBinding } from '../model/index.ts';
import { targetTypeOf } from './target-type.ts';

const arn = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/web/0123';
const remembered = { targetGroup: { arn, targetType: 'instance' } };
const spec = (changes: Record<string, unknown>) => ({
  targetType: undefined,
  targetGroupARN: arn,
  ...changes,
});

it.each<[string, Record<string, unknown>, { targetType: string } | undefined, string | undefined]>([
  ['what the binding says', spec({ targetType: 'ip' }), { targetType: 'instance' }, 'ip'],
  ['else what its group is', spec({}), { targetType: 'ip' }, 'ip'],
  ['else what the status remembers of the group', spec({}), undefined, 'instance'],
  [
    'else what the status remembers of a group that is named',
    spec({ targetGroupARN: undefined, targetGroupName: 'web' }),
    undefined,
    'instance',
  ],
  [
    'not known where the status remembers another group',
    spec({ targetGroupARN: `${arn}4` }),
    undefined,
    undefined,
  ],
  [
    'not known where the status remembers a group of another name',
    spec({ targetGroupARN: undefined, targetGroupName: 'we' }),
    undefined,
    undefined,
  ],
])("the type of a binding's targets is %s", (_, spec, group, expected) => {
  expect(targetTypeOf(projectBinding(apiBinding({ spec, status: remembered })), group)).toBe(expected);
});
