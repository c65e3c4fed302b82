import type { KubeCall } from '@targetgate/sandbox/world';

/** One right of one program, as the calls that need it. Without a name: to all objects of the kind. */
export type Right = Omit<KubeCall, 'isForbidden'>;

/** What is read of the objects of RBAC. */
export interface RbacObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly rules?: readonly {
    readonly verbs: readonly string[];
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly resourceNames?: readonly string[];
    readonly nonResourceURLs?: readonly string[];
  }[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string }[];
}

/** Every right that manifests give to programs, by their ServiceAccounts. */
export function rightsIn(objects: readonly RbacObject[]): Right[] {
  return objects.flatMap(({ roleRef, subjects = [] }) => {
    const role = objects.find(
      ({ kind, metadata }) => kind === roleRef?.kind && metadata.name === roleRef.name,
    );
    return subjects.flatMap(({ name: program }) =>
      (role?.rules ?? []).flatMap((rule) =>
        rule.verbs.flatMap((verb) => [
          ...(rule.nonResourceURLs ?? []).map((path) => ({ ...nothing, program, verb, path })),
          ...(rule.apiGroups ?? []).flatMap((apiGroup) =>
            (rule.resources ?? []).flatMap((resource) =>
              (rule.resourceNames ?? ['']).map((name) => ({
                ...nothing,
                program,
                verb,
                apiGroup,
                resource,
                name,
              })),
            ),
          ),
        ]),
      ),
    );
  });
}

const nothing = { apiGroup: '', resource: '', name: '', path: '' };

/** Whether a call needs this right, and no other. */
export const isUsedBy =
  (right: Right) =>
  (call: KubeCall): boolean =>
    !call.isForbidden &&
    call.program === right.program &&
    call.verb === right.verb &&
    call.apiGroup === right.apiGroup &&
    call.resource === right.resource &&
    call.path === right.path &&
    (right.name === '' || call.name === right.name);

/** A right in words. */
export const wordsOf = ({ program, verb, apiGroup, resource, name, path }: Right): string =>
  `${program}: ${verb} ${path || resource}${apiGroup && `.${apiGroup}`}${name && ` ${name}`}`;
