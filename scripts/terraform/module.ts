import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, referencesOf } from './hcl.ts';

/** The body of a block: arguments, and blocks in it as lists. Expressions are strings that hold `${...}`. */
export type Body = Readonly<Record<string, unknown>>;

type Named = Readonly<Record<string, readonly [Body]>>;

/** A folder of Terraform files, as Terraform sees it: one module, whatever stands in which file. */
export interface TerraformModule {
  readonly variable: Named;
  readonly output: Named;
  readonly module: Named;
  readonly locals: Body;
  readonly resource: Readonly<Record<string, Named>>;
  readonly data: Readonly<Record<string, Named>>;
  /** All that its expressions refer to, as `var.name` or `aws_lb.this.arn`. */
  readonly references: readonly string[];
}

/** The paths of a module's files. */
export const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.tf'))
    .map((file) => path.join(folder, file));

/** Reads a module. Throws where a file is no HCL, or where two blocks have one name. */
export async function readModule(folder: string): Promise<TerraformModule> {
  const whole = { variable: {}, output: {}, module: {}, locals: {}, resource: {}, data: {} };
  const references: string[] = [];
  for (const file of filesOf(folder)) {
    const { locals = [{}], variable = {}, ...blocks } = await parse(file, readFileSync(file, 'utf8'));
    merge(whole, { ...blocks, variable, locals: Object.assign({}, ...(locals as Body[])) as Body }, file);
    references.push(...(await referencesIn({ ...blocks, locals }, file)));
    for (const [name, [body]] of Object.entries(variable as Named)) {
      // Types are no references, and the validation of a variable is no use of it.
      const others = (await referencesIn({ ...body, type: undefined }, file)).filter(
        (reference) => reference !== `var.${name}`,
      );
      references.push(...others);
    }
  }
  return { ...whole, references };
}

/** Adds blocks to those of other files, by type and name. */
function merge(into: Record<string, unknown>, more: Body, file: string): void {
  for (const [key, value] of Object.entries(more)) {
    const there = into[key];
    if (there === undefined) into[key] = value;
    else if (isMap(there) && isMap(value)) merge(there, value, file);
    else throw new Error(`${file} declares ${key} again`);
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What the expressions in a value refer to, in the order in which they stand. */
async function referencesIn(value: unknown, file: string): Promise<string[]> {
  if (typeof value === 'string') return value.includes('${') ? referencesOf(file, value) : [];
  if (typeof value !== 'object' || value === null) return [];
  const found = await Promise.all(Object.values(value).map((each) => referencesIn(each, file)));
  return found.flat();
}
