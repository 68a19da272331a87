import { createPrivateKey, type KeyObject } from 'node:crypto';

/**
 * A private RSA key as PEM (PKCS#8). The variable may be PEM, PEM with line breaks written as `\n`, or base64 of PEM.
 * Undefined for anything else, without a reason, which might reveal parts of the key.
 */
export function rsaPrivateKey(value: string): string | undefined {
  const text = value.includes('-----BEGIN')
    ? value.replaceAll('\\n', '\n')
    : Buffer.from(value, 'base64').toString('utf8');
  const key = parsed(text);
  return key?.asymmetricKeyType === 'rsa'
    ? key.export({ type: 'pkcs8', format: 'pem' }).toString()
    : undefined;
}

function parsed(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
