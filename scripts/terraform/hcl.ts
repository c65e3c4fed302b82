// HashiCorp's own parser and formatter, as WebAssembly. The packages' types would bring those of the DOM into every file
// of the house, where they contradict Node's: so what is used of them is typed here.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What an expression refers to: `aws_lb.this.arn`, an index as one more part. */
interface Reference {
  readonly value: string;
}

const parser = require('@cdktn/hcl2json') as {
  parse: (file: string, text: string) => Promise<Record<string, unknown>>;
  getReferencesInExpression: (file: string, expression: string) => Promise<Reference[]>;
};
const formatter = require('@cdktn/hcl-tools') as { format: (text: string) => Promise<string> };

/** The blocks of a file, by type and labels. Expressions are strings that hold `${...}`. Throws where it is no HCL. */
export const parse = parser.parse;

/** All that a string with expressions in it refers to. */
export const referencesOf = async (file: string, text: string): Promise<string[]> =>
  (await parser.getReferencesInExpression(file, text)).map(({ value }) => value);

/** A file as `terraform fmt` lays it out. */
export const format = formatter.format;
