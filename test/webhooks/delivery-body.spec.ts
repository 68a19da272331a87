import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { dropRest, readBody } from '../../src/integrations/webhooks/receiving/delivery-body.js';

/** A request whose body is written by hand. */
function startRequest() {
  const body = new PassThrough();
  const socket = { destroy: vi.fn() };
  const request = Object.assign(body, { complete: false, socket, headers: {} });
  return { body, socket, request: request as unknown as IncomingMessage };
}

const holds = () => undefined;

it('is read as it comes', async () => {
  const { body, request } = startRequest();
  const read = readBody(request, holds);
  for (const part of ['{"a"', ':1', '}']) body.write(part);
  body.end();
  expect(Buffer.concat(await read).toString()).toBe('{"a":1}');
});

it('is given up after 10 s, however much comes', async () => {
  vi.useFakeTimers();
  const { body, request } = startRequest();
  const read = expect(readBody(request, holds)).rejects.toMatchObject({
    ...{ status: 408, code: 'webhook_too_slow' },
  });
  for (let i = 0; i < 9; i++) {
    body.write('{');
    await vi.advanceTimersByTimeAsync(1_000);
  }
  await vi.advanceTimersByTimeAsync(1_000);
  await read;
});

it('is given up where its sender goes away', async () => {
  const { body, request } = startRequest();
  const read = readBody(request, holds);
  body.write('{');
  body.destroy();
  await expect(read).rejects.toMatchObject({ code: 'webhook_unreadable' });
});

it('is given up where there is no memory for it', async () => {
  const { body, request } = startRequest();
  const full = new Error('full');
  const read = readBody(request, (bytes) => {
    if (bytes > 1) throw full;
  });
  body.write('{');
  body.write('}}');
  await expect(read).rejects.toBe(full);
});

it('that is refused is read to its end and dropped, for 10 s at most', async () => {
  vi.useFakeTimers();
  const { body, request, socket } = startRequest();
  dropRest(request);
  body.write('{'.repeat(1_000));
  await vi.advanceTimersByTimeAsync(9_999);
  expect(socket.destroy).not.toHaveBeenCalled();
  expect(body.readableLength).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(socket.destroy).toHaveBeenCalledOnce();
});

it('that is refused and endless is cut off', async () => {
  const { body, request, socket } = startRequest();
  dropRest(request);
  for (let i = 0; i < 33; i++) body.write(Buffer.alloc(1024 * 1024));
  body.end();
  await new Promise((resolve) => body.once('close', resolve));
  expect(socket.destroy).toHaveBeenCalled();
});
