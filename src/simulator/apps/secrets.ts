import { randomBytes } from 'node:crypto';

/** A new token as GitHub makes them. */
export function newToken(prefix: 'gho' | 'ghs' | 'ghu' | 'ghr'): string {
  return `${prefix}_${randomBytes(18).toString('hex')}`;
}

/** A code of the web flow. */
export function newCode(): string {
  return randomBytes(10).toString('hex');
}
