/** A requirement of a selector on one label. */
export interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

/** Labels that an object must have; one without requirements selects everything. */
export type LabelSelector = readonly Requirement[];

/** Projects an API LabelSelector: `matchLabels` are requirements like any other. */
export function projectSelector({
  matchLabels = {},
  matchExpressions = [],
}: RawLabelSelector): LabelSelector {
  const labels = Object.entries(matchLabels).map(([key, value]): Requirement => ({
    key,
    operator: 'In',
    values: [value],
  }));
  return [
    ...labels,
    ...matchExpressions.map(({ key, operator, values }) => ({ key, operator, values: values ?? [] })),
  ];
}

/**
 * True where labels meet every requirement. As in Kubernetes, `NotIn` and `DoesNotExist` are met by a label that is
 * missing; an operator that is not known is met by nothing.
 */
export function matches(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      default:
        return false;
    }
  });
}

/** A LabelSelector as the API server sends it. */
export interface RawLabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: Requirement['operator']; values?: string[] }[];
}
