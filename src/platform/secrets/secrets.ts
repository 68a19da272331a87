import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from 'node:crypto';

const NONCE = 12;
const TAG = 16;

/** Encrypts what is kept secret at rest, and derives a key for each purpose from the one secret key. */
export class Secrets {
  constructor(private readonly secretKey: Buffer) {}

  /** 32 bytes that belong to `purpose` alone. */
  key(purpose: string): Buffer {
    return Buffer.from(
      hkdfSync('sha256', this.secretKey, Buffer.alloc(0), `rollcall ${purpose}`, 32),
    );
  }

  /** AES-256-GCM; what is sealed opens only under the same `context`, so that it cannot be moved elsewhere. */
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

  /** @throws Error where SECRET_KEY is another one, or the text was changed or moved */
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

  /** For what a client sends back: undefined where it was changed, moved, or sealed with another key. */
  tryOpen(sealed: string, context: string): string | undefined {
    try {
      return this.open(sealed, context);
    } catch {
      return undefined;
    }
  }
}

/** For what need only be recognized again, such as a token. */
export const sha256Hex = (value: string): string => hash('sha256', value);
