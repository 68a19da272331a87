import { createHmac, randomUUID } from 'node:crypto';

/** A delivery as GitHub sends it; what is given replaces a part of it. */
export interface SentDelivery {
  event?: string;
  payload?: unknown;
  guid?: string;
  /** Instead of the payload as JSON. */
  body?: string | Buffer | ReadableStream;
  /** Undefined ones are left out. */
  headers?: Record<string, string | undefined>;
}

export interface DeliveryAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export const signatureOf = (secret: string, body: string | Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** Sends a delivery, signed with the secret, and returns the answer. */
export async function deliver(
  url: string,
  secret: string,
  { event = 'organization', payload = {}, guid = randomUUID(), ...sent }: SentDelivery = {},
): Promise<DeliveryAnswer> {
  const body = sent.body ?? JSON.stringify(payload);
  const given: Record<string, string | undefined> = {
    'Content-Type': 'application/json',
    'X-GitHub-Delivery': guid,
    'X-GitHub-Event': event,
    'X-Hub-Signature-256': body instanceof ReadableStream ? undefined : signatureOf(secret, body),
    ...sent.headers,
  };
  const headers = Object.entries(given).filter(
    (header): header is [string, string] => header[1] !== undefined,
  );
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text) };
}

interface Login {
  id: number;
  nodeId?: string;
}

/** That somebody of an organization was added, removed or invited. */
export const memberEvent = (
  organizationId: number,
  { id, nodeId }: Login,
  action = 'member_added',
) => ({
  action,
  organization: { id: organizationId, login: 'acme' },
  membership: { user: { id, node_id: nodeId } },
});
