import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from 'express';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { HeavyReads } from '../../src/integrations/exports/heavy-reads.js';

afterEach(() => void vi.useRealTimers());

/** Answers each request with one byte when it is its turn, and never ends. */
async function listen(): Promise<() => Promise<IncomingMessage>> {
  const heavy = new HeavyReads();
  const server = createServer(async (_, response) => {
    await heavy.turn(1, response as Response);
    response.write('x');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  onTestFinished(() => server.closeAllConnections());
  const { port } = server.address() as AddressInfo;
  return () =>
    new Promise((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent: false }, resolve).on('error', reject);
    });
}

const ended = (answer: IncomingMessage) =>
  new Promise<Error>((resolve) => answer.resume().on('error', resolve));

it('ends a turn after ten minutes, also where the client still takes something', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const ask = await listen();
  const first = [await ask(), await ask()];
  const cutOff = first.map(ended);
  vi.advanceTimersByTime(599_000);
  expect(first.map(({ errored }) => errored)).toEqual([null, null]);
  const next = ask();
  vi.advanceTimersByTime(1_000);
  for (const error of await Promise.all(cutOff))
    expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect((await next).statusCode).toBe(200);
});
