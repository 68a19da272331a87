import type { IncomingHttpHeaders } from 'node:http';
import { deliveryTypeUnsupported, deliveryUnreadable } from '../webhook-failures.js';

export type Payload = Record<string, unknown>;

const JSON_TYPE = /^application\/json\s*(;|$)/i;
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(;|$)/i;

/** The field of a form that has the JSON. */
const FORM_FIELD = 'payload';

/** GitHub compresses nothing, and what is compressed may be huge. @throws PublicError `webhook_type_unsupported` */
export function requireType(headers: IncomingHttpHeaders): void {
  const type = headers['content-type'] ?? '';
  const encoding = headers['content-encoding'] ?? 'identity';
  const isKnown = JSON_TYPE.test(type) || FORM_TYPE.test(type);
  if (!isKnown || encoding.toLowerCase() !== 'identity') throw deliveryTypeUnsupported();
}

/** @throws PublicError `webhook_unreadable` */
export function payloadOf(
  body: Buffer[],
  { 'content-type': type = '' }: IncomingHttpHeaders,
): Payload {
  const text = Buffer.concat(body).toString();
  const payload = parsed(FORM_TYPE.test(type) ? fieldIn(text) : text);
  if (typeof payload === 'object' && payload !== null && !Array.isArray(payload))
    return payload as Payload;
  throw deliveryUnreadable('it is no JSON object');
}

function fieldIn(form: string): string {
  const field = new URLSearchParams(form).get(FORM_FIELD);
  if (field === null) throw deliveryUnreadable(`the form has no field ${FORM_FIELD}`);
  return field;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw deliveryUnreadable('it is no JSON');
    throw error;
  }
}

/** A value within nested objects; undefined where one of them is missing. */
export const valueAt = (payload: Payload, ...path: string[]): unknown =>
  path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Payload)[name]
        : undefined,
    payload,
  );

/** One of GitHub's ids. */
export function idAt(payload: Payload, ...path: string[]): number | undefined {
  const value = valueAt(payload, ...path);
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}
