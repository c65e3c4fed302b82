import { readFileSync } from 'node:fs';

/** A COPY instruction: from the build context, or from a stage by name. */
export interface Copy {
  readonly stage: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}

/** What a stage is made from, and its instructions in their order. */
export interface Stage {
  readonly from: string;
  readonly name: string | undefined;
  readonly instructions: readonly { readonly keyword: string; readonly value: string }[];
}

/** Reads as much of the language of Dockerfiles as ours use: no heredocs, no ONBUILD, no variables but in FROM. */
export function readDockerfile(file: string): {
  readonly args: readonly string[];
  readonly stages: readonly Stage[];
} {
  const lines = readFileSync(file, 'utf8')
    .replace(/^\s*#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n');
  const args: string[] = [];
  const stages: {
    from: string;
    name: string | undefined;
    instructions: { keyword: string; value: string }[];
  }[] = [];
  for (const line of lines.filter(Boolean)) {
    const [, keyword = '', value = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    const stage = stages.at(-1);
    if (keyword === 'FROM') {
      const [, from = '', name] = /^(?:--\S+ )*(\S+)(?: AS (\S+))?$/.exec(value) ?? [];
      stages.push({ from, name, instructions: [] });
    } else if (stage) stage.instructions.push({ keyword, value });
    else args.push(value);
  }
  return { args, stages };
}

/** The value of a stage's last instruction of a kind. */
export const last = (stage: Stage, keyword: string): string | undefined =>
  stage.instructions.findLast((each) => each.keyword === keyword)?.value;

/** The COPY instructions of a stage. */
export const copiesOf = (stage: Stage): readonly Copy[] =>
  stage.instructions
    .filter(({ keyword }) => keyword === 'COPY')
    .map(({ value }) => {
      const words = value.split(/\s+/);
      const flag = words[0]?.startsWith('--from=') ? words.shift() : undefined;
      const target = words.pop() ?? '';
      return { stage: flag?.slice('--from='.length), sources: words, target };
    });
