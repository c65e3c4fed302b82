import { afterEach, expect, it } from '@jest/globals';
import { startAnswering, type Answering } from './start-answering.ts';

const [well, ill] = ['127.71.0.1', '127.71.0.2'];
const port = 8097;
let answering: Answering | undefined;

afterEach(() => answering?.close());

it('answers on each address, and an address that was sent a POST is ill from then on', async () => {
  answering = await startAnswering([well, ill], port);
  const statusOf = async (address: string, method = 'GET'): Promise<number> =>
    (await fetch(`http://${address}:${port}/healthz`, { method })).status;
  expect(await statusOf(well)).toBe(200);
  expect(await statusOf(ill)).toBe(200);
  await statusOf(ill, 'POST');
  expect(await statusOf(ill)).toBe(503);
  expect(await statusOf(well)).toBe(200);
});
