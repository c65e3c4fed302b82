// Bundles each program into one file that needs no node_modules: WORKSPACE/dist/main.js. Not minified, as stack
// traces are read by people.
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Dependencies in CommonJS call require(), which a module does not have by itself. */
const banner = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`;

for (const workspace of ['webhook', 'syncer']) {
  await build({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: [`${workspace}/src/main.ts`],
    outfile: `${workspace}/dist/main.js`,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: banner },
    sourcemap: true,
    legalComments: 'linked',
    logLevel: 'info',
  });
}
