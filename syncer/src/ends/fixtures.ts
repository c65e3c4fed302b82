import { apiPod } from '@targetgate/shared/fixtures';
import { projectPod, type PreStop } from '@targetgate/shared/model';
import type { End } from './end.ts';
import { exactly, withinSecondOf, type Span } from './span.ts';

/** When the pod of the tests is deleted (epoch ms). */
export const deletion = Date.parse('2026-01-01T12:00:00.300Z');

/** An end as tests write it down: all times are in seconds since the deletion. */
export interface EndStory {
  /** The preStop hook of each container: how long it sleeps, none, or one of unknown length (default: sleeps 25). */
  readonly hooks?: readonly (number | 'none' | 'other')[];
  readonly grace?: number;
  /** The grace period of the deletion, where it is not the pod's own. */
  readonly deletionGrace?: number;
  /** Nobody deleted it. */
  readonly isUndeleted?: boolean;
  /** When this program learnt of it (default: at once). */
  readonly seen?: number;
  readonly cutShort?: number;
  /** When DeregisterTargets was answered (default: at once), between which moments, or never. */
  readonly deregistered?: number | readonly [number, number] | 'never';
  readonly trouble?: string;
  /** For how long DeregisterTargets waited in line (default 0). */
  readonly inLine?: number;
  /** When a container ended: the API says so in whole seconds. */
  readonly ended?: number;
  readonly nodeLost?: number;
  readonly gone?: number;
  readonly wasInService?: boolean;
  /** For how long after the deregistration the load balancer needs the pod (default 20). */
  readonly wait?: number;
  readonly isDrainKnown?: boolean;
}

const at = (seconds: number): number => deletion + seconds * 1_000;
const maybeAt = (seconds: number | undefined): number | undefined =>
  seconds === undefined ? undefined : at(seconds);

function hookOf(hook: number | 'none' | 'other'): PreStop {
  return typeof hook === 'number' ? { kind: 'sleep', seconds: hook } : { kind: hook };
}

function deregistrationOf(when: EndStory['deregistered']): Span | undefined {
  if (when === 'never') return undefined;
  const [from, to] = typeof when === 'object' ? when : [when ?? 0, when ?? 0];
  return { from: at(from), to: at(to) };
}

/** The end that a story tells of. */
export function endOf(story: EndStory): End {
  const { hooks = [25], grace = 60, deletionGrace = grace, wait = 20, seen = 0 } = story;
  const ended = maybeAt(story.ended);
  return {
    pod: {
      ...projectPod(apiPod()),
      end: {
        graceSeconds: grace,
        containers: hooks.map((hook) => ({ name: 'app', preStop: hookOf(hook) })),
        sidecars: [],
      },
      containerEndedAt: ended === undefined ? undefined : Math.floor(ended / 1_000) * 1_000,
    },
    need: {
      binding: 'web',
      seconds: wait + 5,
      because: 'routing margin',
      unknown: (story.isDrainKnown ?? true) ? undefined : 'web',
    },
    wasInService: story.wasInService ?? true,
    seenAt: at(seen),
    deleted: story.isUndeleted ? undefined : seen === 0 ? exactly(deletion) : withinSecondOf(deletion - 300),
    graceSeconds: deletionGrace,
    cutShortAt: maybeAt(story.cutShort),
    deregistered: deregistrationOf(story.deregistered),
    trouble: story.trouble,
    inLineMs: (story.inLine ?? 0) * 1_000,
    nodeLostAt: maybeAt(story.nodeLost),
    goneAt: maybeAt(story.gone),
  };
}
