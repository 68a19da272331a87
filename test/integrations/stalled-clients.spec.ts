import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Response } from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { HeavyReads } from '../../src/integrations/exports/heavy-reads.js';

/** An answer that has its turn, and what its client gets. */
async function start() {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const asked = get({ port: (server.address() as AddressInfo).port, agent: false });
  onTestFinished(() => void asked.destroy());
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
  const [, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  const signal = await new HeavyReads().turn(1, response as Response);
  return { response, answered, signal, timeOut: () => response.socket?.emit('timeout') };
}

it('waits for its data as long as it takes, and is cut off where its client takes nothing', async () => {
  const { response, answered, signal, timeOut } = await start();
  timeOut();
  expect(response.destroyed).toBe(false);
  response.write('login\r\n');
  const [answer] = await answered;
  response.write(Buffer.alloc(50_000_000));
  timeOut();
  expect(response.destroyed).toBe(true);
  await expect(text(answer)).rejects.toThrow('aborted');
  expect(signal.aborted).toBe(true);
});
