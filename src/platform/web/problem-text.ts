import { STATUS_CODES } from 'node:http';
import type { PublicError } from '../public-error.js';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** Problem details (RFC 9457) of an error. */
export function problemText({
  status,
  code,
  message,
  remedy,
}: Pick<PublicError, 'status' | 'code' | 'message' | 'remedy'>): string {
  const title = STATUS_CODES[status];
  return JSON.stringify({ type: 'about:blank', title, status, detail: message, code, remedy });
}
