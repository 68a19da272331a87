import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PublicError } from '../../platform/public-error.js';
import { refuseWeakPassword } from './password-rules.js';
import { PasswordThread } from './password-thread.js';

/** The 32 MiB one of OWASP's equal settings for scrypt: sign-ins may be concurrent (Password Storage Cheat Sheet). */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const HASH_BYTES = 32;

/** The most new passwords that wait for a hash. Sign-ins have their own queue, and are hashed one at a time. */
const MAX_QUEUED_NEW = 10;

/** In the place of a hash: nobody signs in with a password as this user. */
export const NO_PASSWORD = '';

/** Hashes passwords, one at a time, in a separate thread. */
@Injectable()
export class Passwords {
  private hashing = 0;

  constructor(private readonly thread: PasswordThread) {}

  /** @throws PublicError `password_too_short`, `password_too_common`, `busy` */
  async hash(password: string): Promise<string> {
    await refuseWeakPassword(password);
    if (this.hashing >= MAX_QUEUED_NEW) throw busy();
    const salt = randomBytes(16);
    this.hashing++;
    try {
      const key = await this.thread.derive({ password, salt, length: HASH_BYTES, cost: COST });
      const { N, r, p } = COST;
      return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$');
    } finally {
      this.hashing--;
    }
  }

  /** Takes as long without a hash, so that the time does not reveal which accounts exist. */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const [, N, r, p, salt, key] = (hash || ABSENT).split('$');
    const cost = { N: Number(N), r: Number(r), p: Number(p) };
    const expected = Buffer.from(key ?? '', 'base64');
    const actual = await this.thread.derive({
      ...{ password, cost, length: HASH_BYTES },
      salt: Buffer.from(salt ?? '', 'base64'),
    });
    return timingSafeEqual(actual, expected) && !!hash;
  }
}

const ABSENT = `scrypt$${COST.N}$${COST.r}$${COST.p}$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(HASH_BYTES).toString('base64')}`;

const busy = () =>
  new PublicError(
    503,
    'busy',
    'Too many passwords are being set at the same time.',
    'Try again in a few seconds.',
  );
