import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { request } from 'undici';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { withTimeout } from '../../github/http/with-timeout.js';
import { fittingText } from '../../platform/database/fitting-text.js';
import { OriginDispatchers } from '../../platform/outbound/origin-dispatchers.js';
import { ProxyFailure } from '../../platform/outbound/proxy-failure.js';
import { publicLookup } from '../../platform/outbound/public-address.js';
import { PublicError } from '../../platform/public-error.js';
import { addressNotAllowed, checkAddress } from '../channels/channel-address.js';

/** Of an answer, only the beginning is read and kept. */
const MAX_ANSWER_BYTES = 1_024;

export interface Content {
  headers: Record<string, string>;
  body: string;
}

/** How a try went. */
export interface Attempt {
  isDelivered: boolean;
  /** The HTTP status; null without an answer. */
  status: number | null;
  /** The beginning of the answer; null without an answer. */
  answer: string | null;
  /** Why it failed; null where it did not. */
  error: string | null;
  ms: number;
  /** The pause that the receiver asks for, in ms. */
  retryAfterMs?: number;
}

/** Sends to addresses that people typed: to public ones only, unless the operator allows others. Follows no redirect. */
@Injectable()
export class OutboundPost implements OnModuleDestroy {
  private readonly dispatchers: OriginDispatchers;
  private readonly closing = new AbortController();

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.dispatchers = new OriginDispatchers(config.proxies, (isTrusted) => ({
      // It is not read to its end.
      maxBytes: -1,
      lookup: isTrusted ? undefined : publicLookup(addressNotAllowed),
    }));
  }

  onModuleDestroy(): void {
    this.closing.abort();
  }

  /** Never fails; the attempt says what happened. Undefined where it was cut off because this process stops. */
  async send(address: string, content: Content): Promise<Attempt | undefined> {
    const started = performance.now();
    const outcome = await this.ask(address, content).catch((error: unknown) => ({
      ...{ isDelivered: false, status: null, answer: null },
      error: whyFailed(error, this.config.notifications.timeoutSeconds),
    }));
    if (!outcome.isDelivered && this.closing.signal.aborted) return undefined;
    return { ...outcome, ms: Math.round(performance.now() - started) };
  }

  private async ask(address: string, { headers, body }: Content): Promise<Omit<Attempt, 'ms'>> {
    const { allowPrivateApiUrls: isTrusted } = this.config.github;
    const { timeoutSeconds } = this.config.notifications;
    checkAddress(address, isTrusted);
    return withTimeout(timeoutSeconds * 1_000, this.closing.signal, async (signal) => {
      const answer = await request(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'Rollcall', ...headers },
        ...{ body, signal, dispatcher: this.dispatchers.of(address, isTrusted) },
      });
      const text = await beginningOf(answer.body);
      return { ...judged(answer.statusCode), answer: text, ...pauseOf(answer.headers) };
    });
  }
}

function judged(status: number): Pick<Attempt, 'isDelivered' | 'status' | 'error'> {
  const isDelivered = status >= 200 && status < 300;
  const isRedirect = status >= 300 && status < 400;
  const failed = isRedirect
    ? `It answered with a redirect (${status}), which is not followed.`
    : `It answered with ${status}.`;
  return { isDelivered, status, error: isDelivered ? null : failed };
}

/** The rest of the answer is not taken from the connection, which is closed instead. */
async function beginningOf(
  body: AsyncIterable<Buffer> & { destroy: () => unknown },
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= MAX_ANSWER_BYTES) break;
  }
  const text = Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString();
  return fittingText(text, MAX_ANSWER_BYTES);
}

/** `Retry-After` in seconds; a date is not worth the trouble. */
function pauseOf(headers: Record<string, string | string[] | undefined>) {
  const seconds = Number(headers['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {};
}

/** In words that name no address: its path may be a secret. */
function whyFailed(error: unknown, timeoutSeconds: number): string {
  if (error instanceof PublicError || error instanceof ProxyFailure) return error.message;
  const { name, code } = (error ?? {}) as { name?: string; code?: string };
  if (name === 'TimeoutError') return `It did not answer within ${timeoutSeconds} s.`;
  return `It could not be reached (${code ?? name ?? 'unknown error'}).`;
}
