import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { createMetricsRegistry } from '@targetgate/shared/runtime';
import { parse } from 'yaml';
import { chart, objectsIn, template } from './chart.ts';
import { tableUnder } from './operating.ts';
import { root } from './rendered.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly annotations: { readonly summary: string };
}

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const textOf = (file: string): string => readFileSync(join(root, chart, file), 'utf8');

const { groups } = parse(textOf('alerts/targetgate.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(textOf('dashboards/targetgate.json')) as { panels: Panel[] };
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets);

/** The labels of each metric of the programs; those of Prometheus and its operator come on top. */
const labelsOf = new Map<string, readonly string[]>([
  ...[...tableUnder('Of the syncer'), ...tableUnder('Of the webhook')].map(
    ([name = '', labels = '']) => [name, labels.split(' ')] as const,
  ),
  ...createMetricsRegistry()
    .getMetricsAsArray()
    .map(({ name }) => [name, []] as const),
  // The API server's own.
  ['apiserver_admission_webhook_fail_open_count', ['name']],
  ['apiserver_admission_webhook_rejection_count', ['name', 'error_type']],
]);
const addedLabels = ['job', 'pod', 'le'];

/** What a query asks about: each metric without what a histogram adds to its name, and all labels. */
function asked(expr: string): { metrics: string[]; labels: string[] } {
  const metrics = [...expr.matchAll(/\b(?:targetgate|nodejs|process|apiserver)_\w+/g)].map(([name]) =>
    labelsOf.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''),
  );
  const grouping = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
  const matching = [...expr.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g)].map(([, label = '']) => label);
  return { metrics, labels: [...grouping, ...matching] };
}

/** What a query has that no program gives. */
function unknownIn(expr: string, used: readonly string[] = []): string[] {
  const { metrics, labels } = asked(expr);
  const known = metrics.flatMap((name) => labelsOf.get(name) ?? []);
  return [
    ...metrics.filter((name) => !labelsOf.has(name)),
    ...[...labels, ...used].filter((label) => !known.includes(label) && !addedLabels.includes(label)),
  ];
}

describe('the alerts', () => {
  it('are those of docs/operating.md', () => {
    const documented = tableUnder('Alerts').map(([expr, duration]) => ({ expr, for: duration }));
    expect(rules.map((rule) => ({ expr: rule.expr, for: rule.for }))).toEqual(documented);
  });

  it.each(rules)('$alert asks about metrics and labels that there are', ({ expr, annotations }) => {
    const told = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label);
    expect(asked(expr).metrics).not.toEqual([]);
    expect(unknownIn(expr, told)).toEqual([]);
  });

  it('come as a PrometheusRule, with the labels that Prometheus looks for', async () => {
    const given = [
      '--set=metrics.prometheusRule.enabled=true',
      '--set=metrics.prometheusRule.labels.release=prom',
    ];
    const found = objectsIn(await template(...given)).find(({ kind }) => kind === 'PrometheusRule');
    expect(found).toMatchObject({ metadata: { labels: { release: 'prom' } }, spec: { groups } });
  });
});

describe('the dashboard', () => {
  it.each(queries)('$expr asks about metrics and labels that there are', ({ expr, legendFormat }) => {
    const told = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
    expect(asked(expr).metrics).not.toEqual([]);
    expect(unknownIn(expr, told)).toEqual([]);
  });

  it('shows every metric of the programs that is not about shadow mode or a part of another', () => {
    const shown = new Set(queries.flatMap(({ expr }) => asked(expr).metrics));
    const own = [...labelsOf.keys()].filter((name) => name.startsWith('targetgate_'));
    expect(own.filter((name) => !shown.has(name))).toEqual([
      'targetgate_syncer_round_seconds',
      'targetgate_syncer_shadow_lead_seconds',
      'targetgate_webhook_gates_injected_total',
      'targetgate_webhook_terminations_injected_total',
      'targetgate_webhook_certificate_trusted',
    ]);
  });

  it('comes as a ConfigMap, whole, with the label that Grafana’s sidecar looks for', async () => {
    const objects = objectsIn(await template('--set=metrics.dashboards.enabled=true'));
    const found = objects.find(({ kind }) => kind === 'ConfigMap');
    expect(found).toMatchObject({
      metadata: { labels: { grafana_dashboard: '1' } },
      data: { 'targetgate.json': textOf('dashboards/targetgate.json') },
    });
  });
});
