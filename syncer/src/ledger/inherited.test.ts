import { expect, it } from '@jest/globals';
import { inheritedTargets } from './inherited.ts';

it.each([
  ['', []],
  ['10.0.0.1:8080', [{ id: '10.0.0.1', port: 8080 }]],
  [
    '10.0.0.1:8080,i-0123456789abcdef0:30080',
    [
      { id: '10.0.0.1', port: 8080 },
      { id: 'i-0123456789abcdef0', port: 30080 },
    ],
  ],
  ['fd00::1:8080', [{ id: 'fd00::1', port: 8080 }]],
  [' 10.0.0.1:8080 , nonsense, 10.0.0.2:http,:80', [{ id: '10.0.0.1', port: 8080 }]],
])("LBC's record %j says that these are this cluster's: %j", (text, targets) => {
  expect(inheritedTargets(text)).toEqual(targets);
});
