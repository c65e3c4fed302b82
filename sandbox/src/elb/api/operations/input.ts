import { z } from 'zod';
import { isArn, type ArnKind } from '../../model/arn.ts';

/** A whole number within bounds; texts are what the protocol has. */
export const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

/** A TCP port. */
export const port = whole(1, 65_535);

/** A list; an empty one arrives as an empty text. */
export const list = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (value === '' ? [] : value), z.array(item));

/** An ARN of the right form. */
export const arn = (kind: ArnKind) =>
  z.string().refine((text) => isArn(kind, text), {
    error: ({ input }) => `'${String(input)}' is not a valid ${kind} ARN`,
  });

/** A name as load balancers and target groups may have (AWS: CreateTargetGroup, Name). */
export const name = z.string().refine((text) => /^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/.test(text), {
  error: ({ input }) =>
    `'${String(input)}' is not a valid name: at most 32 letters, digits and hyphens, with no hyphen first or last`,
});

/** Tags to be set. */
export const tags = list(
  z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256).default('') }),
);

/** Attributes to be set. */
export const attributes = list(z.object({ Key: z.string(), Value: z.string() }));

/** The page asked for: at most `PageSize` items after the one that `Marker` names. */
export const page = { Marker: z.string().optional(), PageSize: whole(1, 400).optional() };

/**
 * A field that takes only what the simulator can do. Anything else is refused rather than silently taken for
 * something that it is not.
 */
export const only = <T extends string>(...values: readonly [T, ...T[]]) =>
  z.enum(values, {
    error: ({ input }) => `the simulator knows only ${values.join(', ')}, not ${String(input)}`,
  });
