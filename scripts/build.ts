// Bundles each program into one file that needs no node_modules, WORKSPACE/dist/main.js, with the licences of what is in
// it, WORKSPACE/dist/licences.txt. Not minified, as stack traces are read by people. What is in a bundle stays in memory for as long as the program runs: what programs never
// use is left out.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { licencesOf, packagesOf } from './bundle-licences.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Dependencies in CommonJS call require(), which a module does not have by itself. */
const banner = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`;

/**
 * client-node brings a class for each kind of the Kubernetes API, and does not say that its modules do nothing when they
 * are loaded. Told so, esbuild leaves out what is not used: 13 MiB of each program's memory.
 */
const leaveOutUnusedKinds: Plugin = {
  name: 'leave-out-unused-kinds',
  setup: (esbuild) => {
    esbuild.onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, resolveDir }) =>
      resolveDir.includes('@kubernetes/client-node')
        ? { path: join(resolveDir, path), sideEffects: false }
        : undefined,
    );
  },
};

/** client-node also makes connections of undici's, which shared/src/kube never asks for: a quarter of each bundle. */
const leaveOutUndici: Plugin = {
  name: 'leave-out-undici',
  setup: (esbuild) => {
    esbuild.onResolve({ filter: /^undici$/ }, () => ({ path: 'undici', namespace: 'left-out' }));
    esbuild.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

/**
 * V8 keeps a source with a single character beyond Latin-1 at two bytes for each character, and esbuild leaves such
 * characters in comments, though nowhere else.
 */
const inAscii = (code: string): string => code.replace(/[^\0-\x7f]/g, '?');

for (const workspace of ['webhook', 'syncer']) {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: [`${workspace}/src/main.ts`],
    outfile: `${workspace}/dist/main.js`,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    banner: { js: banner },
    plugins: [leaveOutUnusedKinds, leaveOutUndici],
    sourcemap: true,
    legalComments: 'none',
    logLevel: 'info',
    metafile: true,
    write: false,
  });
  for (const { path, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, path.endsWith('.js') ? inAscii(text) : text);
  }
  const bundled = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  const licences = await licencesOf(packagesOf(bundled.map(([file]) => file)), root);
  await writeFile(join(root, workspace, 'dist/licences.txt'), licences);
}
