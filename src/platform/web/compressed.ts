import compression from 'compression';
import type { RequestHandler } from 'express';

/** In bytes. Less fits into one packet as it is. */
export const WORTH_COMPRESSING = 1024;

/**
 * Compresses pages and the API's answers. BREACH guesses a secret that stays the same in many answers which also repeat
 * what an attacker chose; no answer is like that: sessions are in cookies, forms carry no secret, a token is shown once.
 */
export function compressed(): RequestHandler {
  const compress = compression({ threshold: WORTH_COMPRESSING });
  return (request, response, next) => {
    if (request.headers['accept-encoding']) return compress(request, response, next);
    // What is kept of this answer is not for those who would get another.
    response.vary('Accept-Encoding');
    next();
  };
}
