/** The real Helm, and the chart of this clone. */
export { chart, home, objectsIn, template } from './chart.ts';
export { helm, type HelmCluster } from './helm.ts';
export { valueSets } from './value-sets.ts';
