import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, withBody } from './answer.js';

/** A body that need not be written where the caller knows it already. */
export interface TaggedText {
  readonly etag: string;
  readonly body: () => string | Buffer;
}

export function taggedText(body: string): TaggedText {
  return { etag: etagOf(body), body: () => body };
}

/**
 * The body with its ETag, or a 304 where the caller knows it already. The tag covers the body alone: a 304 still bears
 * a fresh `Link`, which may name another last page than before.
 */
export function conditional(
  { etag, body }: TaggedText,
  headers: Readonly<Record<string, string>>,
  asked: IncomingHttpHeaders,
): Answer {
  const tagged = { ...headers, etag };
  return matches(asked['if-none-match'], etag)
    ? { status: 304, headers: tagged, charged: false }
    : withBody({ status: 200, headers: tagged }, body());
}

/** @param source the body, or whatever differs whenever the body does */
export function etagOf(source: string): string {
  return `W/"${createHash('sha1').update(source).digest('hex')}"`;
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => tag.trim() === '*' || opaque(tag) === opaque(etag));
}
