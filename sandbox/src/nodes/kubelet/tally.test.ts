import { describe, expect, it } from '@jest/globals';
import { count, noProbesYet } from './tally.ts';

describe('a row of probes', () => {
  it.each([
    { probes: '+', passes: 1, failures: 3, verdicts: [true] },
    { probes: '+++', passes: 2, failures: 3, verdicts: [undefined, true, true] },
    { probes: '---', passes: 1, failures: 3, verdicts: [undefined, undefined, false] },
    { probes: '+--+---', passes: 1, failures: 3, verdicts: [true, true, true, true, true, true, false] },
    { probes: '-+-+', passes: 2, failures: 1, verdicts: [false, false, false, false] },
  ])(
    '$probes with thresholds $passes and $failures gives $verdicts',
    ({ probes, passes, failures, verdicts }) => {
      let tally = noProbesYet;
      const seen = Array.from(probes, (probe) => {
        tally = count(tally, probe === '+', { passes, failures });
        return tally.verdict;
      });
      expect(seen).toEqual(verdicts);
    },
  );
});
