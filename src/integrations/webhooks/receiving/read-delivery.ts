import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import {
  deliveriesBusy,
  deliveryUnreadable,
  signatureMissing,
  signatureWrong,
} from '../webhook-failures.js';
import { readBody, refuseAnnouncedSize } from './delivery-body.js';
import { isUsed, type SignedDelivery } from './delivery-events.js';
import type { DeliveryPlace } from './delivery-limits.js';
import { payloadOf, requireType } from './delivery-payload.js';
import { isSigned, signatureIn } from './delivery-signature.js';

/**
 * Reads and verifies a delivery. What a stranger can make Rollcall do comes last: nothing is read without a signature, and
 * nothing is parsed before it was found right.
 * @throws PublicError for a delivery that is refused
 */
export async function readDelivery(
  request: IncomingMessage,
  secrets: string[],
  place: DeliveryPlace,
): Promise<SignedDelivery> {
  const { headers } = request;
  requireType(headers);
  refuseAnnouncedSize(request);
  const signature = signatureIn(headers['x-hub-signature-256']?.toString());
  if (!signature) throw signatureMissing();
  const body = await readBody(request, (bytes) => {
    if (!place.hold(bytes)) throw deliveriesBusy();
  });
  if (!isSigned(body, signature, secrets)) throw signatureWrong();
  const guid = wordIn(headers, 'X-GitHub-Delivery');
  const event = wordIn(headers, 'X-GitHub-Event');
  return { guid, event, payload: isUsed(event) ? payloadOf(body, headers) : undefined };
}

/** GitHub's are GUIDs and names of events. */
const WORD = /^[\w-]{1,64}$/;

function wordIn(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name.toLowerCase()]?.toString() ?? '';
  if (WORD.test(value)) return value;
  throw deliveryUnreadable(value ? `its ${name} is none` : `it has no ${name}`);
}
