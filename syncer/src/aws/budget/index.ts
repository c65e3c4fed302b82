export { createBudget, type Budget, type PurseView } from './budget.ts';
export type { OnWaited } from './purse.ts';
