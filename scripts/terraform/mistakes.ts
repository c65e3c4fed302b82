import path from 'node:path';
import { readModule, type Body, type TerraformModule } from './module.ts';

/** Of a module block, what is not handed to the module. */
const notInputs = ['source', 'version', 'providers', 'count', 'for_each', 'depends_on'];

/** What Terraform itself knows. */
const builtIn = ['each', 'count', 'path', 'self', 'terraform'];

/**
 * What `terraform validate` would find without a provider, each in a line: references to what is not declared, calls of
 * modules with the wrong inputs. And what it would not: what is declared and not used, or not described.
 */
export async function mistakesIn(folder: string): Promise<string[]> {
  const module = await readModule(folder);
  const mistakes = [...undescribed(module), ...unused(module)];
  const children: Record<string, TerraformModule> = {};
  for (const [name, [call]] of Object.entries(module.module)) {
    const child = await readModule(path.join(folder, String(call.source)));
    children[name] = child;
    mistakes.push(...wrongInputs(name, call, child));
  }
  const unresolved = new Set(module.references.filter((reference) => !resolves(reference, module, children)));
  return [...mistakes, ...[...unresolved].map((reference) => `${reference} is not declared`)];
}

function resolves(
  reference: string,
  { variable, locals, data, resource, module }: TerraformModule,
  children: Readonly<Record<string, TerraformModule>>,
): boolean {
  const [first = '', second = '', third = ''] = reference.split('.');
  if (first === 'var') return second in variable;
  if (first === 'local') return second in locals;
  if (first === 'data') return third in (data[second] ?? {});
  if (first === 'module') return second in module && third in (children[second]?.output ?? {});
  return builtIn.includes(first) || second in (resource[first] ?? {});
}

function undescribed({ variable, output }: TerraformModule): string[] {
  const lacking = (blocks: TerraformModule['variable'], argument: string) =>
    Object.entries(blocks).flatMap(([name, [body]]) =>
      body[argument] ? [] : [`${name} has no ${argument}`],
    );
  return [
    ...lacking(variable, 'type'),
    ...lacking(variable, 'description'),
    ...lacking(output, 'description'),
  ];
}

function unused({ variable, locals, data, references }: TerraformModule): string[] {
  const declared = [
    ...Object.keys(variable).map((name) => `var.${name}`),
    ...Object.keys(locals).map((name) => `local.${name}`),
    ...Object.entries(data).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `data.${type}.${name}`),
    ),
  ];
  const isUsed = (name: string) => references.some((reference) => `${reference}.`.startsWith(`${name}.`));
  return declared.filter((name) => !isUsed(name)).map((name) => `${name} is not used`);
}

function wrongInputs(name: string, call: Body, child: TerraformModule): string[] {
  const given = Object.keys(call).filter((argument) => !notInputs.includes(argument));
  const needed = Object.entries(child.variable).flatMap(([input, [body]]) =>
    'default' in body ? [] : [input],
  );
  return [
    ...given.filter((input) => !(input in child.variable)).map((input) => `module.${name} has no ${input}`),
    ...needed
      .filter((input) => !given.includes(input))
      .map((input) => `module.${name} is not given ${input}`),
  ];
}
