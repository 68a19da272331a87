import { randomUUID } from 'node:crypto';

/** What proxies send: UUIDs, ULIDs, `Root=1-67891233-abcdef`. Nothing else gets into the log or into an answer's header. */
const ACCEPTED = /^[\w.:=+/@-]{1,128}$/;

/** The id of a request: what the sender gave as `X-Request-Id`, or a new one. */
export const requestIdOf = (given: string | undefined): string =>
  given !== undefined && ACCEPTED.test(given) ? given : randomUUID();
