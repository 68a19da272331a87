import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Answer } from './answer.js';

/**
 * Adds the ETag, and turns the answer into a 304 where the caller knows the body already. The tag covers the body
 * alone: a 304 still bears a fresh `Link`, which may name another last page than before.
 */
export function conditional(answer: Answer, headers: IncomingHttpHeaders): Answer {
  if (answer.status !== 200 || answer.body === undefined) return answer;
  const etag = `W/"${createHash('sha1').update(answer.body).digest('hex')}"`;
  const tagged = { ...answer.headers, etag };
  const known = matches(headers['if-none-match'], etag);
  return known ? { status: 304, headers: tagged, charged: false } : { ...answer, headers: tagged };
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag));
}
