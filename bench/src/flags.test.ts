import { describe, expect, it } from '@jest/globals';
import { readFlags } from './flags.ts';
import type { Scenario } from './scenario.ts';

const scenario = (name: string): Scenario => ({ name, about: '', run: () => Promise.resolve([]) });
const all = [scenario('a'), scenario('b'), scenario('c')];

describe('the command line', () => {
  it('runs all scenarios where it names none', () => {
    expect(readFlags([], all)).toEqual({ is: 'run', scenarios: all });
  });

  it('runs the scenarios that it names, in their own order', () => {
    expect(readFlags(['c', 'a'], all)).toEqual({ is: 'run', scenarios: [all[0], all[2]] });
  });

  it('refuses a folder of LBC without its program', () => {
    expect(() => readFlags(['--lbc=/nowhere'], all)).toThrow('--lbc: there is no /nowhere/controller');
  });

  it.each([[['d']], [['--strict']], [['a', 'd']]])('refuses %j', (args) => {
    expect(() => readFlags(args, all)).toThrow();
  });

  it('asks for help or for a list instead', () => {
    expect(readFlags(['--help', 'a'], all)).toEqual({ is: 'help' });
    expect(readFlags(['--list'], all)).toEqual({ is: 'list' });
  });
});
