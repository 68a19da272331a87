import type { IncomingMessage } from 'node:http';
import { deliveryTooLarge, deliveryTooSlow, deliveryUnreadable } from '../webhook-failures.js';

/** GitHub sends nothing larger. */
const MAX_BYTES = 25 * 1024 * 1024;

/** For the whole body, in ms; GitHub itself waits as long for the answer. */
const MAX_MS = 10_000;

/** How much of a refused body is read and dropped, so that the sender reads the answer. */
const MAX_DROPPED_BYTES = MAX_BYTES + 7 * 1024 * 1024;

/** @throws PublicError `webhook_too_large`, before anything is read */
export function refuseAnnouncedSize({ headers }: IncomingMessage): void {
  if (Number(headers['content-length']) > MAX_BYTES) throw deliveryTooLarge();
}

/**
 * The bytes of a body, as they came.
 * @param hold asks for memory for more bytes, and throws where there is none
 * @throws PublicError `webhook_too_large`, `webhook_too_slow`, or `webhook_unreadable` where the sender went away
 */
export function readBody(
  request: IncomingMessage,
  hold: (bytes: number) => void,
): Promise<Buffer[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer) => {
    size += chunk.length;
    if (size > MAX_BYTES) throw deliveryTooLarge();
    hold(chunk.length);
    chunks.push(chunk);
  };
  return new Promise<Buffer[]>((resolve, reject) => {
    const timer = setTimeout(() => end(deliveryTooSlow()), MAX_MS);
    const onData = (chunk: Buffer) => {
      try {
        take(chunk);
      } catch (error) {
        end(error);
      }
    };
    const onClose = () => end(deliveryUnreadable('its sender went away'));
    const onEnd = () => end();
    const end = (error?: unknown) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose);
      if (error) reject(error);
      else resolve(chunks);
    };
    request.on('data', onData).on('end', onEnd).on('close', onClose);
  });
}

/** Reads what is left of a refused body and drops it; cuts the connection of whoever sends too much or too slowly. */
export function dropRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let dropped = 0;
  const cut = () => request.socket.destroy();
  const timer = setTimeout(cut, MAX_MS);
  request.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > MAX_DROPPED_BYTES) cut();
  });
  request.once('close', () => clearTimeout(timer));
}
