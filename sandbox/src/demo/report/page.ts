import { namespaceLabels } from '../app.ts';
import { causeOf } from '../words/cause.ts';
import type { Rollout } from '../measure/rollout.ts';
import type { Verdict } from '../words/verdict.ts';
import { settings } from '../settings.ts';
import { count, seconds } from '../words/numbers.ts';
import { titleOf } from '../words/title.ts';
import { escape } from './escape.ts';
import { legend } from './legend.ts';
import { patterns } from './patterns.ts';
import { podChart } from './pod-chart.ts';
import { highestRate, requestChart } from './request-chart.ts';
import { style } from './style.ts';
import { comparisonTable, momentsTable } from './tables.ts';
import { timeAxis, type TimeAxis } from './time-axis.ts';

const conditions = [
  `${settings.replicas} pods`,
  `${settings.requestsPerSecond} requests a second over keep-alive connections, ${settings.slowShare * 100} % of them take ${settings.slowSeconds} s`,
  'an app without a preStop hook that ends at once on SIGTERM',
  `health checks every ${settings.healthCheckSeconds} s`,
  `${settings.registrationSeconds} s registration`,
  `${settings.deregistrationDelaySeconds} s deregistration delay`,
  `requests reach a deregistered target for ${settings.routingLagSeconds.join(' to ')} s more`,
];

const labels = Object.entries(namespaceLabels)
  .map(([key, value]) => `<code>${key}: ${value}</code>`)
  .join(' and ');

/** The report: one page without any external resource. */
export function reportPage(rollouts: readonly Rollout[], verdict: Verdict): string {
  const axis = timeAxis(
    Math.min(...rollouts.map(({ trafficAt, startedAt }) => trafficAt - startedAt)),
    Math.max(...rollouts.map(({ endedAt, startedAt }) => endedAt - startedAt)),
  );
  const highest = highestRate(rollouts);
  const details = rollouts.map(
    (rollout) =>
      `<details><summary>Every pod: ${titleOf(rollout).toLowerCase()} (seconds after the change)</summary>` +
      `<div class="scroll">${momentsTable(rollout)}</div></details>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>targetgate: the same rolling update, without labels and with them</title>
<style>${style}</style>
</head>
<body>
${patterns}
<header>
<p class="brand">targetgate</p>
<h1>The same rolling update, twice</h1>
<p class="difference">The only difference: ${labels} on the second one's namespace.</p>
<p class="verdict">${escape(verdict.line)}</p>
<ul class="conditions">${conditions.map((condition) => `<li>${condition}</li>`).join('')}</ul>
</header>
<main>
<div class="pair">
${rollouts.map((rollout) => rolloutSection(rollout, axis, highest)).join('\n')}
</div>
${legend(rollouts)}
<section class="numbers"><h2>Side by side</h2><div class="scroll">${comparisonTable(rollouts)}</div></section>
${details.join('\n')}
</main>
<footer>Made by <code>npm run demo</code>. All numbers are in <code>report/demo.json</code>.</footer>
</body>
</html>
`;
}

function rolloutSection(rollout: Rollout, axis: TimeAxis, highest: number): string {
  const { traffic, startedAt, completeAt, oldGoneAt, labelled } = rollout;
  const figure = (value: string, words: string, alarm = false): string =>
    `<div${alarm ? ' class="alarm"' : ''}><dd>${value}</dd><dt>${words}</dt></div>`;
  return `<section class="rollout" id="${labelled ? 'labelled' : 'unlabelled'}">
<h2>${titleOf(rollout)}</h2>
<dl class="figures">
${figure(count(traffic.failed), 'requests failed', traffic.failed > 0)}
${figure(seconds(completeAt - startedAt), 'until the rollout was complete')}
${figure(seconds(oldGoneAt - startedAt), 'until the last old pod was gone')}
</dl>
<p class="cause">${escape(causeOf(rollout))}</p>
<figure><figcaption>Requests a second, by status</figcaption>${requestChart(rollout, axis, highest)}</figure>
<figure><figcaption>The life of each pod, seconds after the change</figcaption>${podChart(rollout, axis)}</figure>
</section>`;
}
