import { expect, it } from '@jest/globals';
import { resultLines } from './table.ts';

it('has a line for each figure under its scenario, and says what could not be measured', () => {
  const lines = resultLines([
    {
      name: 'start',
      about: 'many pods',
      is: 'measured',
      seconds: 1,
      figures: [
        { of: 'gates', value: 12.345, unit: 's', goal: { atMost: 6 }, peer: 16.3 },
        { of: 'calls', value: 1234, unit: '', goal: { atMost: 2000 }, peer: 0 },
        { of: 'speed', value: 4500.6, unit: '1/s', goal: { atLeast: 4500 } },
        { of: 'memory', value: 0.5, unit: 'MiB' },
      ],
      besidePeer: true,
    },
    { name: 'end', about: 'no pods', is: 'failed', seconds: 1, why: 'no reason' },
  ]);
  expect(lines).toEqual([
    '           measured       to beat          the peer  of the peer',
    '',
    'start: many pods (the peer in the same run)',
    '  gates      12.3 s        <= 6 s  MISSED    16.3 s       x 0.76',
    '  calls       1,234      <= 2,000     met         0',
    '  speed   4,501 1/s  >= 4,500 1/s     met',
    '  memory   0.50 MiB',
    '',
    'end: no pods',
    '  could not be measured: no reason',
  ]);
});
