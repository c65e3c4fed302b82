import { describe, expect, it } from '@jest/globals';
import { createStore, type WritableStore } from './store.ts';

interface Fruit {
  readonly namespace: string;
  readonly name: string;
  readonly colours: readonly string[];
}

const fruit = (name: string, ...colours: string[]): Fruit => ({ namespace: 'bowl', name, colours });
const fruits = (): WritableStore<Fruit, 'colour'> => createStore({ colour: (it) => it.colours });
const red = (store: WritableStore<Fruit, 'colour'>): string[] =>
  [...store.indexed('colour', 'red')].map((it) => it.name);

describe('a store', () => {
  it('gives back what was put, by its name', () => {
    const store = fruits();
    const apple = fruit('apple', 'red');
    expect(store.put(apple, '1', apple)).toEqual({ before: undefined, after: apple });
    expect(store.get('bowl', 'apple')).toBe(apple);
    expect(store.get('basket', 'apple')).toBeUndefined();
    expect([...store.list()]).toEqual([apple]);
    expect([...store.ids()]).toEqual([{ namespace: 'bowl', name: 'apple' }]);
    expect(store.size).toBe(1);
  });

  it('changes nothing when the version is the same', () => {
    const store = fruits();
    const apple = fruit('apple', 'red');
    store.put(apple, '1', apple);
    expect(store.put(apple, '1', fruit('apple', 'green'))).toBeUndefined();
    expect(store.get('bowl', 'apple')).toBe(apple);
    expect(red(store)).toEqual(['apple']);
  });

  it('replaces an object whose version differs, and says what it was', () => {
    const store = fruits();
    const [unripe, ripe] = [fruit('apple', 'green'), fruit('apple', 'red')];
    store.put(unripe, '1', unripe);
    expect(store.put(ripe, '2', ripe)).toEqual({ before: unripe, after: ripe });
    expect(store.size).toBe(1);
  });

  it('removes an object, whatever the version', () => {
    const store = fruits();
    const apple = fruit('apple', 'red');
    store.put(apple, '1', apple);
    expect(store.put(apple, '1', undefined)).toEqual({ before: apple, after: undefined });
    expect(store.get('bowl', 'apple')).toBeUndefined();
    expect(store.size).toBe(0);
  });

  it('changes nothing when what is removed was never there', () => {
    expect(fruits().put(fruit('apple'), '1', undefined)).toBeUndefined();
  });
});

describe('an index', () => {
  it('files an object under each of its keys', () => {
    const store = fruits();
    const apple = fruit('apple', 'red', 'green');
    store.put(apple, '1', apple);
    expect([...store.indexed('colour', 'red')]).toEqual([apple]);
    expect([...store.indexed('colour', 'green')]).toEqual([apple]);
  });

  it('is empty for a key that nothing has', () => {
    expect(fruits().indexed('colour', 'red').size).toBe(0);
  });

  it('follows an object to its new keys', () => {
    const store = fruits();
    for (const [version, colours] of [
      ['1', ['green']],
      ['2', ['red', 'red']],
      ['3', ['yellow']],
    ] as const) {
      const apple = fruit('apple', ...colours);
      store.put(apple, version, apple);
      expect([...store.indexed('colour', colours[0])]).toEqual([apple]);
    }
    expect([...store.indexed('colour', 'green'), ...store.indexed('colour', 'red')]).toEqual([]);
  });

  it('forgets what is removed, and nothing else', () => {
    const store = fruits();
    for (const name of ['apple', 'cherry']) store.put(fruit(name), '1', fruit(name, 'red'));
    store.put(fruit('apple'), '2', undefined);
    expect(red(store)).toEqual(['cherry']);
  });
});
