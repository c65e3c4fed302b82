import { describe, expect, it } from '@jest/globals';
import { createStore, type Change, type ToldBy, type WritableStore } from './store.ts';

interface Fruit {
  readonly namespace: string;
  readonly name: string;
  readonly colours: readonly string[];
}

const fruit = (name: string, ...colours: string[]): Fruit => ({ namespace: 'bowl', name, colours });
/** Puts a fruit, told by a watch. */
const put = (store: WritableStore<Fruit, 'colour'>, it: Fruit, version = '1'): Change<Fruit> | undefined =>
  store.put({ id: it, version, object: it, by: 'watch' });
const remove = (store: WritableStore<Fruit, 'colour'>, name: string, by: ToldBy = 'watch') =>
  store.put({ id: { namespace: 'bowl', name }, version: '1', object: undefined, by });
const fruits = (): WritableStore<Fruit, 'colour'> => createStore({ colour: (it) => it.colours });
const red = (store: WritableStore<Fruit, 'colour'>): string[] =>
  [...store.indexed('colour', 'red')].map((it) => it.name);

describe('a store', () => {
  it('gives back what was put, by its name', () => {
    const store = fruits();
    const apple = fruit('apple', 'red');
    expect(put(store, apple)).toEqual({ before: undefined, after: apple, by: 'watch' });
    expect(store.get('bowl', 'apple')).toBe(apple);
    expect(store.get('basket', 'apple')).toBeUndefined();
    expect([...store.list()]).toEqual([apple]);
    expect([...store.ids()]).toEqual([{ namespace: 'bowl', name: 'apple' }]);
    expect(store.size).toBe(1);
  });

  it('changes nothing when the version is the same', () => {
    const store = fruits();
    const apple = fruit('apple', 'red');
    put(store, apple);
    expect(put(store, fruit('apple', 'green'))).toBeUndefined();
    expect(store.get('bowl', 'apple')).toBe(apple);
    expect(red(store)).toEqual(['apple']);
  });

  it('replaces an object whose version differs, and says what it was', () => {
    const store = fruits();
    const [unripe, ripe] = [fruit('apple', 'green'), fruit('apple', 'red')];
    put(store, unripe);
    expect(put(store, ripe, '2')).toEqual({ before: unripe, after: ripe, by: 'watch' });
    expect(store.size).toBe(1);
  });

  it('removes an object, whatever the version', () => {
    const store = fruits();
    const apple = fruit('apple', 'red');
    put(store, apple);
    expect(remove(store, 'apple')).toEqual({ before: apple, after: undefined, by: 'watch' });
    expect(store.get('bowl', 'apple')).toBeUndefined();
    expect(store.size).toBe(0);
  });

  it('tells whether a removal was watched, or is only what a list lacks', () => {
    const store = fruits();
    for (const by of ['watch', 'list'] as const) {
      put(store, fruit('apple'));
      expect(remove(store, 'apple', by)?.by).toBe(by);
    }
  });

  it('changes nothing when what is removed was never there', () => {
    expect(remove(fruits(), 'apple')).toBeUndefined();
  });
});

describe('an index', () => {
  it('files an object under each of its keys', () => {
    const store = fruits();
    const apple = fruit('apple', 'red', 'green');
    put(store, apple);
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
      put(store, apple, version);
      expect([...store.indexed('colour', colours[0])]).toEqual([apple]);
    }
    expect([...store.indexed('colour', 'green'), ...store.indexed('colour', 'red')]).toEqual([]);
  });

  it('forgets what is removed, and nothing else', () => {
    const store = fruits();
    for (const name of ['apple', 'cherry']) put(store, fruit(name, 'red'));
    remove(store, 'apple');
    expect(red(store)).toEqual(['cherry']);
  });
});
