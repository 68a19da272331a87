import { createHmac, timingSafeEqual } from 'node:crypto';

/** The form of `X-Hub-Signature-256`. */
const FORM = /^sha256=([0-9a-f]{64})$/;

/** The signature of a delivery; undefined where it has none in the right form. */
export function signatureIn(header: string | undefined): Buffer | undefined {
  const hex = FORM.exec(header ?? '')?.[1];
  return hex === undefined ? undefined : Buffer.from(hex, 'hex');
}

/** Whether one of the secrets made the signature of these bytes. */
export const isSigned = (body: Buffer[], signature: Buffer, secrets: string[]): boolean =>
  secrets.some((secret) => {
    const hmac = createHmac('sha256', secret);
    for (const chunk of body) hmac.update(chunk);
    return timingSafeEqual(hmac.digest(), signature);
  });
