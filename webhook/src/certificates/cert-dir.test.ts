import { mkdtemp, rm, symlink, writeFile, mkdir, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Identity } from '@targetgate/certs';
import { createLook, followCertDir } from './cert-dir.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'cert-dir-'));
});
afterEach(() => rm(directory, { recursive: true }));

const write = async (certificate: string, key: string, into = directory) => {
  await writeFile(path.join(into, 'tls.crt'), certificate);
  await writeFile(path.join(into, 'tls.key'), key);
};

/** A look that records what it is told; pairs whose parts differ are refused. */
function createRecorder() {
  const used: string[] = [];
  const problems: string[] = [];
  const use = ({ certificate, key }: Identity) => {
    if (certificate !== key) throw new Error('mismatch');
    used.push(certificate);
  };
  const options = { directory, use, onProblem: ({ message }: Error) => problems.push(message) };
  return { look: createLook(options), options, used, problems };
}

describe('a look at the certificate folder', () => {
  it('takes the first pair, and each new one once', async () => {
    const { look, used } = createRecorder();
    await write('1', '1');
    await look();
    await look();
    await write('2', '2');
    await look();
    expect(used).toEqual(['1', '2']);
  });

  it('says once that there is no pair, and takes it when it comes', async () => {
    const { look, used, problems } = createRecorder();
    await look();
    await look();
    expect(problems).toEqual([expect.stringContaining('ENOENT')]);
    await write('1', '1');
    await look();
    expect(used).toEqual(['1']);
  });

  it('keeps the old pair while a new one is half-written', async () => {
    const { look, used, problems } = createRecorder();
    await write('1', '1');
    await look();
    await write('2', '1');
    await look();
    await look();
    expect([used, problems]).toEqual([['1'], [`no usable certificate in ${directory}: Error: mismatch`]]);
    await write('2', '2');
    await look();
    expect(used).toEqual(['1', '2']);
  });

  it('sees a mounted Secret change, which is the swap of a symbolic link', async () => {
    const { look, used } = createRecorder();
    for (const version of ['1', '2']) {
      const data = path.join(directory, `..${version}`);
      await mkdir(data);
      await write(version, version, data);
      await symlink(`..${version}`, path.join(directory, '..new'));
      await rename(path.join(directory, '..new'), path.join(directory, '..data'));
      if (version === '1') {
        for (const file of ['tls.crt', 'tls.key'])
          await symlink(`..data/${file}`, path.join(directory, file));
      }
      await look();
    }
    expect(used).toEqual(['1', '2']);
  });

  it('is taken at once and again and again, until it is closed', async () => {
    const { options, used } = createRecorder();
    await write('1', '1');
    const first = Promise.withResolvers<undefined>();
    const use = (identity: Identity) => {
      options.use(identity);
      first.resolve(undefined);
    };
    const followed = followCertDir({ ...options, use });
    await first.promise;
    await followed.close();
    expect(used).toEqual(['1']);
  });
});
