import type { Response } from 'express';
import { PublicError } from '../public-error.js';

/** How long to wait, in whole seconds, and the remedy that says so. */
interface Wait {
  seconds: number;
  remedy: (seconds: number) => string;
}

/** 429 `too_many_requests`; sets `Retry-After`. */
export function tooManyRequests(
  response: Response,
  message: string,
  { seconds, remedy }: Wait,
): PublicError {
  response.set('Retry-After', String(seconds));
  return new PublicError(429, 'too_many_requests', message, remedy(seconds));
}
