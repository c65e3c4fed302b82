import { once } from 'node:events';
import { addressRange } from '@targetgate/sandbox/nodes';
import { startAnswering } from './start-answering.ts';

/**
 * Answers for the pods of a crowd, in a process of its own, until SIGTERM: on COUNT addresses of a block, from the one
 * at position FIRST on.
 *
 *     node bench/src/crowd/answering/main.ts BLOCK FIRST COUNT PORT
 */
const [block = '', first = '', count = '', port = ''] = process.argv.slice(2);
const range = addressRange(block);
const addresses = Array.from({ length: Number(count) }, (_, index) => range.at(Number(first) + index));
const answering = await startAnswering(addresses, Number(port));
process.stdout.write('answering\n');
await once(process, 'SIGTERM');
await answering.close();
