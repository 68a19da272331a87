import { createHmac } from 'node:crypto';
import { type Dispatcher, request } from 'undici';
import type { HookConfig } from './hook.js';
import type { Emission } from './hooks.js';

/** How a delivery ended, in GitHub's words. */
export interface Reception {
  readonly status: string;
  readonly statusCode: number;
}

export const UNREACHABLE: Reception = {
  status: 'failed to connect to host',
  statusCode: 502,
};

const TIMED_OUT: Reception = { status: 'timed out', statusCode: 504 };

interface Manner {
  readonly dispatcher: Dispatcher;
  readonly timeoutMs: number;
  /** Signs with another secret. */
  readonly forged: boolean;
}

/** Sends an event to its hook once. */
export async function deliver(emission: Emission, manner: Manner): Promise<Reception> {
  const { config } = emission.hook;
  const body = bodyOf(emission.payload, config);
  const { dispatcher, timeoutMs, forged } = manner;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const headers = headersOf(emission, body, forged);
    const answer = await request(config.url, { method: 'POST', headers, body, dispatcher, signal });
    await answer.body.dump();
    return receptionOf(answer.statusCode);
  } catch {
    return signal.aborted ? TIMED_OUT : UNREACHABLE;
  }
}

function receptionOf(statusCode: number): Reception {
  const isFine = statusCode >= 200 && statusCode < 400;
  return { statusCode, status: isFine ? 'OK' : `Invalid HTTP Response: ${statusCode}` };
}

function bodyOf(payload: string, { contentType }: HookConfig): string {
  return contentType === 'json' ? payload : new URLSearchParams({ payload }).toString();
}

function headersOf(
  { hook, guid, event }: Emission,
  body: string,
  forged: boolean,
): Record<string, string> {
  const { contentType, secret } = hook.config;
  const type = contentType === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  const signature = secret === undefined ? {} : signed(body, forged ? `not ${secret}` : secret);
  return {
    accept: '*/*',
    'content-type': type,
    'user-agent': 'GitHub-Hookshot/51a0c3d',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(hook.id),
    'x-github-hook-installation-target-id': String(hook.target.id),
    'x-github-hook-installation-target-type': hook.target.type,
    ...signature,
  };
}

function signed(body: string, secret: string): Record<string, string> {
  const digest = createHmac('sha256', secret).update(body).digest('hex');
  return { 'x-hub-signature-256': `sha256=${digest}` };
}
