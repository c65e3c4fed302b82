import { expect, it } from '@jest/globals';
import { createLine } from './line.ts';

/** A line in which these wait, named by urgency, what they are about, and a number: `register a 1`. */
function lineOf(...names: readonly string[]) {
  const line = createLine<string>();
  const leave = new Map(
    names.map((name) => {
      const [urgency, about = ''] = name.split(' ') as ['deregister' | 'register' | 'awaited' | 'routine'];
      return [name, line.join({ urgency, about }, name)] as const;
    }),
  );
  return { line, leave: (name: string) => leave.get(name)?.() };
}

const drain = (line: ReturnType<typeof lineOf>['line']) =>
  Array.from({ length: line.length }, () => line.take());

it('the most urgent goes first, whoever came first', () => {
  const { line } = lineOf('routine a', 'awaited a', 'register a', 'deregister a');
  expect(line.next).toBe('deregister');
  expect(drain(line)).toEqual(['deregister a', 'register a', 'awaited a', 'routine a']);
});

it('of one urgency, target groups take turns', () => {
  const { line } = lineOf('routine a 1', 'routine a 2', 'routine a 3', 'routine b 1', 'routine c 1');
  expect(drain(line)).toEqual(['routine a 1', 'routine b 1', 'routine c 1', 'routine a 2', 'routine a 3']);
});

it('one that has had its turn and comes again is behind those who wait', () => {
  const { line } = lineOf('register a 1', 'register b 1');
  expect(line.take()).toBe('register a 1');
  line.join({ urgency: 'register', about: 'a' }, 'register a 2');
  expect(drain(line)).toEqual(['register b 1', 'register a 2']);
});

it('who leaves is not called, and leaves once', () => {
  const { line, leave } = lineOf('register a 1', 'register a 2', 'register b 1');
  leave('register a 1');
  leave('register a 1');
  leave('register b 1');
  expect(line.length).toBe(1);
  expect(drain(line)).toEqual(['register a 2']);
  leave('register a 2');
  expect(line.length).toBe(0);
});

it('nobody is next where nobody waits', () => {
  const { line } = lineOf();
  expect(line.next).toBeUndefined();
  expect(line.take()).toBeUndefined();
});
