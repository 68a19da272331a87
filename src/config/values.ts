import { z } from 'zod';
import { parseUrl } from './parse-url.js';

/** An address with one of these protocols, such as `https:`. */
export const url = (...protocols: string[]) =>
  z.string().refine((value) => protocols.includes(parseUrl(value)?.protocol ?? ''), {
    message: `must be an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });

/** An address to which paths are added. */
export const baseUrl = (...protocols: string[]) =>
  url(...protocols).refine(
    (value) => {
      const { username, password } = parseUrl(value) ?? {};
      return !username && !password && !/[?#]/.test(value);
    },
    { message: 'must be an address without user, password, query (?) and fragment (#)' },
  );

export const flag = z
  .enum(['true', 'false'], { message: 'must be true or false' })
  .transform((value) => value === 'true');

export const seconds = (from: number, to: number, preset: number) =>
  wholeNumber(from, to).default(preset);

export function wholeNumber(from: number, to: number) {
  return z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${from} to ${to}`)
    .transform(Number)
    .refine(
      (value) => value >= from && value <= to,
      `must be a whole number from ${from} to ${to}`,
    );
}

/** 32 bytes, in hex or base64. */
export const key = z.string().transform((value, context) => {
  const bytes = /^[0-9a-f]{64}$/i.test(value)
    ? Buffer.from(value, 'hex')
    : Buffer.from(value, 'base64');
  if (bytes.length === 32) return bytes;
  context.addIssue({
    code: 'custom',
    message: 'must be 32 bytes in hex or base64; `openssl rand -hex 32` creates one',
  });
  return z.NEVER;
});
