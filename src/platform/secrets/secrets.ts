import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Encrypts secrets at rest, and derives a key for each purpose from the secret key. */
export class Secrets {
  private readonly secretKeys: Buffer[];

  /** @param previous still opens what it sealed, while keys are rotated */
  constructor(secretKey: Buffer, previous?: Buffer) {
    this.secretKeys = previous ? [secretKey, previous] : [secretKey];
  }

  /** Of the secret key and of the previous one: 32 bytes, for `purpose` alone. */
  keys(purpose: string): [Buffer, ...Buffer[]] {
    return this.secretKeys.map((key) => derive(key, purpose)) as [Buffer, ...Buffer[]];
  }

  /** AES-256-GCM. Sealed text opens only with the same `context`, so it cannot be used elsewhere. */
  seal(plain: string, context: string): string {
    const nonce = randomBytes(NONCE);
    const [key] = this.keys(SEALING);
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
    const sealed = Buffer.concat([
      nonce,
      cipher.update(plain, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `v1.${sealed.toString('base64url')}`;
  }

  /** @throws Error where no key or `context` fits, or the text was changed */
  open(sealed: string, context: string): string {
    const plain = this.tryOpen(sealed, context);
    if (plain !== undefined) return plain;
    throw new Error(
      'A stored secret cannot be decrypted: SECRET_KEY has changed since it was encrypted.',
    );
  }

  /** For text from a client: undefined where it was changed, or no key or `context` fits. */
  tryOpen(sealed: string, context: string): string | undefined {
    for (const key of this.keys(SEALING)) {
      const plain = decrypt(sealed, context, key);
      if (plain !== undefined) return plain;
    }
    return undefined;
  }

  /** Whether the secret key itself opens it, and not only the previous one. */
  isCurrent(sealed: string, context: string): boolean {
    return decrypt(sealed, context, this.keys(SEALING)[0]) !== undefined;
  }
}

const SEALING = 'sealing';

const derive = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `rollcall ${purpose}`, 32));

function decrypt(sealed: string, context: string, key: Buffer): string | undefined {
  const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
  try {
    const nonce = bytes.subarray(0, NONCE);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG });
    decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG));
    const plain = decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8');
    return plain + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

/** For values that are only compared, such as tokens. */
export const sha256Hex = (value: string): string => hash('sha256', value);
