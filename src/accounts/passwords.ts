import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { PublicError } from '../platform/public-error.js';

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

/** One of OWASP's equals for scrypt, that with 32 MiB: sign-ins may come together (Password Storage Cheat Sheet). */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const LENGTH = 32;
const SHORTEST = 8;

/** @throws PublicError `password_too_short` */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < SHORTEST)
    throw new PublicError(
      422,
      'password_too_short',
      'The password is too short.',
      `Use at least ${SHORTEST} characters.`,
    );
  const salt = randomBytes(16);
  const { N, r, p } = COST;
  const key = await scryptKey(password, salt, COST);
  return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$');
}

/** Takes as long where there is no hash to compare with, so that the time tells nobody which accounts exist. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, N, r, p, salt, key] = (hash ?? ABSENT).split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const expected = Buffer.from(key ?? '', 'base64');
  const actual = await scryptKey(password, Buffer.from(salt ?? '', 'base64'), cost);
  return timingSafeEqual(actual, expected) && hash !== undefined;
}

const ABSENT = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(LENGTH).toString('base64')}`;

const scryptKey = (password: string, salt: Buffer, cost: { N: number; r: number; p: number }) =>
  derive(password, salt, LENGTH, { ...cost, maxmem: 256 * cost.N * cost.r });
