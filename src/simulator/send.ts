import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import { pause } from './fault-effects.js';

export interface Manner {
  /** Half of the body, and then the connection is cut. */
  readonly cut?: boolean;
  /** How long the body takes, in milliseconds. */
  readonly bodyMs?: number;
  /** What every answer bears. */
  readonly headers: Readonly<Record<string, string>>;
}

const PIECES = 10;

export async function send(
  response: ServerResponse,
  answer: Answer,
  { cut = false, bodyMs = 0, headers }: Manner,
): Promise<void> {
  const body = answer.bytes ?? Buffer.from(answer.body ?? '');
  const hasBody = answer.status !== 204 && answer.status !== 304;
  response.writeHead(answer.status, {
    ...headers,
    ...answer.headers,
    ...(hasBody ? { 'content-length': String(body.length) } : {}),
  });
  if (cut) response.write(body.subarray(0, body.length / 2), () => response.destroy());
  else if (bodyMs > 0) await trickle(response, body, bodyMs);
  else response.end(body);
}

async function trickle(response: ServerResponse, body: Buffer, bodyMs: number): Promise<void> {
  const size = Math.max(1, Math.ceil(body.length / PIECES));
  for (let begin = 0; begin < body.length && !response.destroyed; begin += size) {
    response.write(body.subarray(begin, begin + size));
    await pause(bodyMs / PIECES);
  }
  response.end();
}
