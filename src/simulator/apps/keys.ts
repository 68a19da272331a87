import { generateKeyPairSync } from 'node:crypto';

/** PEM, as GitHub hands out the private half. */
export interface AppKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export function makeAppKeys(): AppKeys {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}
