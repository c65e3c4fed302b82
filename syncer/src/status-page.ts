import type { Page } from '@targetgate/shared/runtime';
import type { EndUnderWay } from './ends/under-way.ts';
import type { Standing } from './leadership/hold.ts';
import { isKnown, type BindingView } from './sync/binding-view.ts';

/** Who leads a shard. */
export interface ShardLeader {
  readonly standing: Standing;
  /** As the Lease has it; empty where nobody holds it. */
  readonly holder: string;
}

/** The status page at a time (epoch ms): every binding, its targets by state, what it waits for, and which pods end. */
export function statusPage(
  views: Iterable<BindingView>,
  {
    shadow,
    leaders,
    now,
  }: { readonly shadow: boolean; readonly leaders: readonly ShardLeader[]; readonly now: number },
): Page {
  const rows = [...views]
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    .map((view) => row(view, now))
    .join('\n');
  return {
    type: 'text/html; charset=utf-8',
    body: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>targetgate syncer</title>
<style>
  :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
  body { margin: 2rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: .4rem 1rem .4rem 0; border-bottom: 1px solid #8884; }
  .problem { color: #c33; }
  small { opacity: .7; }
</style>
<h1>targetgate syncer</h1>
${shadow ? '<p class="problem">Shadow mode: everything is planned and reported, nothing is written.</p>' : leaders.map(leaderLine).join('\n')}
<table>
<tr><th>Binding<th>Target group<th>Targets<th>State<th>Pods that wait or end</tr>
${rows || '<tr><td colspan="5">No bindings that this replica leads.</tr>'}
</table>
</html>
`,
  };
}

const standingWords: Readonly<Record<Standing, string>> = {
  leading: 'this replica leads',
  paused: 'this replica leads, but could not renew its Lease: it waits',
  standby: 'this replica stands by',
};

function leaderLine({ standing, holder }: ShardLeader, shard: number): string {
  const who = standing === 'standby' ? `; the leader is ${holder === '' ? 'not chosen' : holder}` : '';
  return `<p>Shard ${shard}: ${standingWords[standing]}${escape(who)}.</p>`;
}

const nameOf = ({ binding }: BindingView): string => `${binding.namespace}/${binding.name}`;

function row(view: BindingView, now: number): string {
  const { targetGroupArn, states, counts, problem, concerns, waiting, held, ends, pending } = view;
  const foreign = counts?.foreign ? [`${counts.foreign} foreign`] : [];
  const targets =
    [...[...states].map(([state, count]) => `${count} ${state}`), ...foreign].join(', ') || 'none';
  const state = problem
    ? `<span class="problem">${escape(problem.reason)}: ${escape(problem.message)}</span>`
    : [
        isKnown(view) ? 'in step' : 'not looked at yet',
        ...concerns.map(({ message }) => `<small>${escape(message)}</small>`),
      ].join('<br>');
  const waits = waiting.map(({ pod, why }) => `${escape(pod)}<br><small>${escape(why)}</small>`);
  const holds = held.map(
    ({ subject, cause, until }) =>
      `${escape(subject.name)} keeps its target<br><small>${escape(`${cause}; until ${until}`)}</small>`,
  );
  const endings = ends.map((end) => `${escape(end.pod)} ends<br><small>${endingOf(end, now)}</small>`);
  const shadows = pending.map((change) => `<small>would ${escape(change)} now</small>`);
  const cells = [escape(nameOf(view)), escape(targetGroupArn ?? 'not found yet'), escape(targets), state];
  return `<tr>${[...cells, [...waits, ...holds, ...endings, ...shadows].join('<br>')].map((cell) => `<td>${cell}`).join('')}</tr>`;
}

function endingOf({ deregisteredAt, sigtermAt, safeAt }: EndUnderWay, now: number): string {
  const left =
    deregisteredAt === undefined ? 'not deregistered yet' : `deregistered ${when(deregisteredAt, now)}`;
  return `${left}; SIGTERM ${when(sigtermAt, now)}; drain over ${when(safeAt, now)}`;
}

function when(at: number | undefined, now: number): string {
  if (at === undefined) return 'at an unknown time';
  const seconds = Math.round((at - now) / 1_000);
  return seconds > 0 ? `in ${seconds} s` : `${-seconds} s ago`;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
