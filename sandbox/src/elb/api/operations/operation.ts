import type { z } from 'zod';
import { validationError } from '../../errors.ts';
import type { Scope } from '../../model/arn.ts';
import type { World } from '../../model/world.ts';
import type { QueryFields } from '../query.ts';

/** One operation of the API: the call's fields in, the result's fields out, for the caller's account and region. Throws ElbError. */
export type Operation = (call: QueryFields, world: World, caller: Scope) => object | Promise<object>;

/** An operation that reads its input by a schema; fields that the schema does not name are ignored. */
export function operation<S extends z.ZodType>(
  input: S,
  run: (input: z.output<S>, world: World, caller: Scope) => object | Promise<object>,
): Operation {
  return (call, world, caller) => {
    const read = input.safeParse(call);
    if (!read.success) throw validationError(messageOf(read.error));
    return run(read.data, world, caller);
  };
}

function messageOf({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === 'custom') return issue.message;
  const where = issue?.path.join('.') ?? '';
  return `1 validation error detected: Value at '${where}' failed to satisfy constraint: ${issue?.message ?? ''}`;
}
