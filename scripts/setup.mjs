// Installs what is missing to run the tests and the demo: the npm packages, Node 24 among them, and the control
// plane; with the argument helm, Helm too, which the demo does without. Runs on the user's own Node (20 or newer), before anything is installed: plain JavaScript, no packages.
// When all is there it does nothing, within a tenth of a second.
import { ensureControlPlane } from './setup/control-plane.mjs';
import { ensureHelm } from './setup/helm.mjs';
import { ensureNode24, ensurePackages } from './setup/npm.mjs';
import { SetupProblem } from './setup/problem.mjs';

try {
  await ensurePackages();
  ensureNode24();
  await ensureControlPlane();
  if (process.argv.includes('helm')) await ensureHelm();
} catch (error) {
  if (!(error instanceof SetupProblem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
