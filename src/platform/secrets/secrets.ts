import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Encrypts secrets at rest, and derives a key for each purpose from the secret key. */
export class Secrets {
  constructor(private readonly secretKey: Buffer) {}

  /** 32 bytes, for `purpose` alone. */
  key(purpose: string): Buffer {
    return Buffer.from(
      hkdfSync('sha256', this.secretKey, Buffer.alloc(0), `rollcall ${purpose}`, 32),
    );
  }

  /** AES-256-GCM. Sealed text opens only with the same `context`, so it cannot be used elsewhere. */
  seal(plain: string, context: string): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.key('sealing'), nonce).setAAD(
      Buffer.from(context),
    );
    const sealed = Buffer.concat([
      nonce,
      cipher.update(plain, 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `v1.${sealed.toString('base64url')}`;
  }

  /** @throws Error where SECRET_KEY or `context` differs, or the text was changed */
  open(sealed: string, context: string): string {
    const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
    try {
      const nonce = bytes.subarray(0, NONCE);
      const decipher = createDecipheriv('aes-256-gcm', this.key('sealing'), nonce, {
        authTagLength: TAG,
      });
      decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG));
      const plain = decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8');
      return plain + decipher.final('utf8');
    } catch (cause) {
      throw new Error(
        'A stored secret cannot be decrypted: SECRET_KEY has changed since it was encrypted.',
        { cause },
      );
    }
  }

  /** For text from a client: undefined where it was changed, or the key or `context` differs. */
  tryOpen(sealed: string, context: string): string | undefined {
    try {
      return this.open(sealed, context);
    } catch {
      return undefined;
    }
  }
}

/** For values that are only compared, such as tokens. */
export const sha256Hex = (value: string): string => hash('sha256', value);
