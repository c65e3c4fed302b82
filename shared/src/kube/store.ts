/** What the API server's objects are known by. */
export interface Named {
  readonly namespace: string;
  readonly name: string;
}

/**
 * How the API server told: by a watch event about this very change, or only by a new list that has the object, or
 * lacks it. A list that comes back short looks the same as many deletions.
 */
export type ToldBy = 'watch' | 'list';

/** One object before and after; undefined where it did not exist. */
export interface Change<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
  readonly by: ToldBy;
}

/** An object as it was seen: undefined where it exists no more. */
export interface Sighting<T> {
  readonly id: Named;
  readonly version: string;
  readonly object: T | undefined;
  readonly by: ToldBy;
}

/** The cached objects of one kind, readable by name and by index. `I` are the names of its indexes. */
export interface Store<T, I extends string = never> {
  get(namespace: string, name: string): T | undefined;
  list(): Iterable<T>;
  /** The objects that an index files under `key`, in no order that callers may rely on. */
  indexed(index: I, key: string): ReadonlySet<T>;
  readonly size: number;
}

/** A store and the right to change it: the reflector's side. */
export interface WritableStore<T, I extends string = never> extends Store<T, I> {
  /** Stores or removes. Returns the change, or undefined where the version is the same. */
  put(sighting: Sighting<T>): Change<T> | undefined;
  /** The ids of all that is stored. */
  ids(): Iterable<Named>;
}

interface Entry<T> {
  readonly id: Named;
  readonly version: string;
  readonly object: T;
}

/** For each index: the keys that an object is filed under. */
export type Indexes<T, I extends string> = Record<I, (object: T) => readonly string[]>;

const empty: ReadonlySet<never> = new Set();

/** An empty store. */
export function createStore<T, I extends string = never>(indexes: Indexes<T, I>): WritableStore<T, I> {
  /** By namespace, then by name: a key of both would be made anew for each question. */
  const entries = new Map<string, Map<string, Entry<T>>>();
  let size = 0;
  const names = Object.keys(indexes) as I[];
  const filed = new Map<I, Map<string, Set<T>>>(names.map((name) => [name, new Map()]));
  const all = (): IteratorObject<Entry<T>> => entries.values().flatMap((named) => named.values());

  function set(entry: Entry<T>): void {
    const { namespace, name } = entry.id;
    const named = entries.get(namespace) ?? new Map<string, Entry<T>>();
    if (!named.has(name)) size++;
    entries.set(namespace, named.set(name, entry));
  }

  function remove({ namespace, name }: Named): void {
    const named = entries.get(namespace);
    if (named?.delete(name) !== true) return;
    size--;
    if (named.size === 0) entries.delete(namespace);
  }

  const keysOf = (object: T) => names.map((name) => [name, indexes[name](object)] as const);

  function file(object: T, keys: ReturnType<typeof keysOf>): void {
    for (const [name, all] of keys) {
      const drawers = filed.get(name);
      for (const key of all) {
        const drawer = drawers?.get(key);
        if (drawer) drawer.add(object);
        else drawers?.set(key, new Set([object]));
      }
    }
  }

  function unfile(object: T): void {
    for (const [name, all] of keysOf(object)) {
      const drawers = filed.get(name);
      for (const key of all) {
        const drawer = drawers?.get(key);
        drawer?.delete(object);
        if (drawer?.size === 0) drawers?.delete(key);
      }
    }
  }

  return {
    get: (namespace, name) => entries.get(namespace)?.get(name)?.object,
    list: () => all().map((entry) => entry.object),
    indexed: (index, key) => filed.get(index)?.get(key) ?? empty,
    get size() {
      return size;
    },
    ids: () => all().map((entry) => entry.id),
    put: ({ id: { namespace, name }, version, object, by }) => {
      const id = { namespace, name };
      const before = entries.get(namespace)?.get(name);
      if (before === undefined && object === undefined) return undefined;
      if (before?.version === version && object !== undefined) return undefined;
      // First of all: an index that throws leaves the store as it was.
      const keys = object && keysOf(object);
      if (before) unfile(before.object);
      if (object === undefined || keys === undefined) {
        remove(id);
      } else {
        set({ id, version, object });
        file(object, keys);
      }
      return { before: before?.object, after: object, by };
    },
  };
}
