import type { Moment } from '../../measure/pod-timeline.ts';
import { escape } from './escape.ts';

/**
 * The sign of each moment, around 0,0. Moments that may come within a few milliseconds fit into each other: the dot
 * into the square, the small triangle into the large one.
 */
const shapes: Readonly<Record<Moment, string>> = {
  created: '<circle class="open" r="3.6"/>',
  containersReady: '<circle class="full" r="2"/>',
  registered: '<rect class="open" x="-4.2" y="-4.2" width="8.4" height="8.4"/>',
  healthy: '<rect class="full" x="-3.2" y="-3.2" width="6.4" height="6.4"/>',
  gateOpen: '<path class="full" d="M0-5.2 4.6 0 0 5.2-4.6 0Z"/>',
  deleted: '<path class="open" d="M-5.4-4.4H5.4L0 5Z"/>',
  deregistered: '<path class="full" d="M-2.8-2.8H2.8L0 2.2Z"/>',
  drained: '<path class="stroke" d="M-3 4.5H3M0 1V4.5"/>',
  sigterm: '<path class="stroke" d="M-3.4-3.4 3.4 3.4M3.4-3.4-3.4 3.4"/>',
  gone: '<path class="stroke" d="M0-5V5"/>',
};

/** Moments whose signs are drawn first: those that others fit into. */
export const isWide = (moment: Moment): boolean => moment === 'registered' || moment === 'deleted';

/** A moment's sign at a place, with the text that appears when the pointer rests on it. */
export const mark = (moment: Moment, x: number, y: number, title: string): string =>
  `<g class="mark" transform="translate(${x} ${y})">${shapes[moment]}<title>${escape(title)}</title></g>`;
