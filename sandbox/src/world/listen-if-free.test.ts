import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { listenIfFree } from './listen-if-free.ts';

/** An abstract socket that no other test process has. */
const path = `\0targetgate-test-${process.pid}`;

describe('an address', () => {
  it('can be had by one at a time', async () => {
    const release = await listenIfFree({ path });
    expect(release).toBeDefined();
    expect(await listenIfFree({ path })).toBeUndefined();
    await release?.();
    const again = await listenIfFree({ path });
    expect(again).toBeDefined();
    await again?.();
  });

  it('is free again when the process that had it was killed', async () => {
    const program = `
      import { listenIfFree } from ${JSON.stringify(join(import.meta.dirname, 'listen-if-free.ts'))};
      console.log((await listenIfFree({ path: ${JSON.stringify(path)} })) ? 'taken' : 'not free');
      setInterval(() => undefined, 1000);
    `;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const [line] = (await once(holder.stdout, 'data')) as [Buffer];
    expect(String(line)).toBe('taken\n');
    expect(await listenIfFree({ path })).toBeUndefined();
    holder.kill('SIGKILL');
    await once(holder, 'close');
    const release = await listenIfFree({ path });
    expect(release).toBeDefined();
    await release?.();
  });
});
