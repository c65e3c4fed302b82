/** What a form says, as the AWS Query protocol nests it: `Targets.member.1.Id=x` is `{ Targets: [{ Id: 'x' }] }`. */
export type QueryValue = string | readonly QueryValue[] | QueryFields;
export type QueryFields = { readonly [name: string]: QueryValue };

/** The field as text; empty when it is missing or not a text. */
export function textOf(fields: QueryFields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** The list's members that have fields of their own; none when the field is missing or no list. */
export function membersOf(fields: QueryFields, name: string): QueryFields[] {
  const value = fields[name];
  return isList(value) ? value.filter(isFields) : [];
}

const isList = (value: QueryValue | undefined): value is readonly QueryValue[] => Array.isArray(value);

const isFields = (value: QueryValue): value is QueryFields => typeof value === 'object' && !isList(value);

type Entry = { readonly path: readonly string[]; readonly value: string };

/** Reads a form-encoded body. An empty list is sent as an empty text, and stays one. */
export function parseQuery(body: string): QueryFields {
  return fields([...new URLSearchParams(body)].map(([name, value]) => ({ path: name.split('.'), value })));
}

function nest(entries: readonly Entry[]): QueryValue {
  const leaf = entries.find((entry) => entry.path.length === 0);
  if (leaf) return leaf.value;
  const named = fields(entries);
  const { member, ...others } = named;
  // Keys that are whole numbers come in numerical order, so members do too.
  if (typeof member === 'object' && Object.keys(others).length === 0) return Object.values(member);
  return named;
}

function fields(entries: readonly Entry[]): QueryFields {
  const byHead = Map.groupBy(entries, (entry) => entry.path[0] ?? '');
  return Object.fromEntries(
    [...byHead].map(([head, group]) => [
      head,
      nest(group.map(({ path, value }) => ({ path: path.slice(1), value }))),
    ]),
  );
}
