import { KubeError } from '@targetgate/shared/kube';

/** A ConfigMap, as far as ledgers go. */
export interface ConfigMap {
  readonly metadata: {
    readonly name: string;
    readonly resourceVersion?: string;
    readonly finalizers?: readonly string[] | null;
    readonly ownerReferences?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly uid: string;
    }[];
  };
  readonly data?: Readonly<Record<string, string>>;
}

interface Stored {
  readonly body: ConfigMap;
  readonly version: number;
  readonly deleted: boolean;
}

/** The ConfigMaps of the API server: versions, finalizers, owners. */
export function createConfigMaps() {
  const stored = new Map<string, Stored>();
  let version = 0;

  function get(name: string): Stored {
    const found = stored.get(name);
    if (found === undefined) throw new KubeError(404, 'NotFound', `${name} not found`);
    return found;
  }

  function put(name: string, body: ConfigMap, before: Stored | undefined): ConfigMap {
    version++;
    const deleted = before?.deleted ?? false;
    if (deleted && (body.metadata.finalizers ?? []).length === 0) stored.delete(name);
    else stored.set(name, { body, version, deleted });
    return asSent(name, body, version);
  }

  const asSent = (name: string, body: ConfigMap, version: number): ConfigMap => ({
    ...body,
    metadata: { ...body.metadata, name, resourceVersion: String(version) },
  });

  function remove(name: string): void {
    const found = stored.get(name);
    if (found === undefined) return;
    if ((found.body.metadata.finalizers ?? []).length === 0) stored.delete(name);
    else stored.set(name, { ...found, deleted: true });
  }

  const orphans = (isOwner: (uid: string) => boolean): string[] =>
    [...stored]
      .filter(
        ([, { body, deleted }]) =>
          !deleted && !body.metadata.ownerReferences?.some(({ uid }) => isOwner(uid)),
      )
      .map(([name]) => name);

  return {
    answer: (method: string, name: string, body: ConfigMap): unknown => {
      switch (method) {
        case 'GET': {
          const found = get(name);
          return asSent(name, found.body, found.version);
        }
        case 'POST': {
          const created = body.metadata.name;
          if (stored.has(created)) throw new KubeError(409, 'AlreadyExists', `${created} exists`);
          return put(created, body, undefined);
        }
        case 'PUT': {
          const found = get(name);
          if (body.metadata.resourceVersion !== String(found.version)) {
            throw new KubeError(409, 'Conflict', `${name} was changed`);
          }
          return put(name, body, found);
        }
        default: {
          const found = get(name);
          const metadata = { ...found.body.metadata, ...body.metadata };
          return put(name, { ...found.body, metadata, data: { ...found.body.data, ...body.data } }, found);
        }
      }
    },
    list: (): unknown[] =>
      [...stored].map(([name, { body }]) => ({ metadata: { namespace: 'shop', ...body.metadata, name } })),
    /** The text of a ledger; undefined where there is none. */
    text: (name: string): string | undefined => stored.get(name)?.body.data?.targets,
    /** Somebody else writes it as it is. */
    touch: (name: string): void => {
      const found = stored.get(name);
      if (found) put(name, found.body, found);
    },
    /** Somebody deletes it; finalizers keep it. */
    remove,
    /** Whether all have an owner that exists. */
    isClean: (isOwner: (uid: string) => boolean): boolean => orphans(isOwner).length === 0,
    /** Removes those whose owner is gone. */
    collect: (isOwner: (uid: string) => boolean): void => orphans(isOwner).forEach(remove),
    names: (): string[] => [...stored.keys()],
  };
}
