/** What a user can put right: its message is one sentence that says how. */
export class SetupProblem extends Error {}
