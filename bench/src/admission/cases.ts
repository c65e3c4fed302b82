/** What the binding is of. */
export const app = 'checkout';

/** A kind of pod, and what is to be beaten. */
export interface Case {
  readonly name: string;
  /** Of the pod, by which services select. */
  readonly label: string;
  readonly isPatched: boolean;
  readonly goals: Readonly<Record<'perSecond' | 'p50' | 'p99', number>>;
  readonly peer: Readonly<Record<'perSecond' | 'p50' | 'p99', number>>;
}

/** All that is posted. */
export const cases: readonly Case[] = [
  {
    name: 'a pod that matches',
    label: app,
    isPatched: true,
    goals: { perSecond: 4500, p50: 1.8, p99: 9 },
    peer: { perSecond: 2933, p50: 2.3, p99: 14.7 },
  },
  {
    name: 'a pod that matches nothing',
    label: 'elsewhere',
    isPatched: false,
    goals: { perSecond: 6000, p50: 1.3, p99: 7 },
    peer: { perSecond: 4797, p50: 1.5, p99: 9.3 },
  },
];
