import type { Deed, Doers } from './command.ts';
import type { ModelGroup } from './target-group.ts';

/** What health checks, and people at the console of AWS, do to the target group, whose targets have numbers here. */
export const createConsole = (
  group: ModelGroup,
  { idOf, port }: { readonly idOf: (n: number) => string; readonly port: number },
) =>
  ({
    find: ({ state, target }) => group.find(state, target === undefined ? undefined : idOf(target)),
    drained: () => group.endDraining(),
    checks: ({ checks }) => group.setChecks(checks),
    quota: ({ targets }) => group.setQuota(targets),
    'deregister-by-hand': ({ target }) => group.find('draining', idOf(target)),
    'register-by-hand': ({ target, foreign }) =>
      group.add(foreign ? `10.0.9.${target}:8080` : `${idOf(target)}:${port}`),
  }) satisfies Partial<Doers<Deed>>;
