import compression from 'compression';
import type { RequestHandler } from 'express';

/** In bytes. Smaller answers fit into one packet anyway. */
export const WORTH_COMPRESSING = 1024;

export const EVENT_STREAM = 'text/event-stream';

/**
 * Compresses pages and the API's answers. BREACH guesses a secret that is the same in many answers which also repeat an
 * attacker's text. No answer is like that: sessions are in cookies, forms have no secret, a token is shown once.
 */
export function compressed(): RequestHandler {
  const compress = compression({ threshold: WORTH_COMPRESSING, filter });
  return (request, response, next) => {
    if (request.headers['accept-encoding']) return compress(request, response, next);
    // Caches must not give this answer to clients that accept compression.
    response.vary('Accept-Encoding');
    next();
  };
}

/** Compression would hold back the events of a stream. */
const filter: compression.CompressionFilter = (request, response) =>
  response.getHeader('Content-Type') !== EVENT_STREAM && compression.filter(request, response);
