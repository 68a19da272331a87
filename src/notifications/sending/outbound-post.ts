import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { request } from 'undici';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { withTimeout } from '../../github/http/with-timeout.js';
import { OriginDispatchers } from '../../platform/outbound/origin-dispatchers.js';
import { ProxyFailure } from '../../platform/outbound/proxy-failure.js';
import { publicLookup } from '../../platform/outbound/public-address.js';
import { PublicError } from '../../platform/public-error.js';
import { addressNotAllowed, checkAddress } from '../channels/channel-address.js';
import { type Attempt, keptAnswer, MAX_ANSWER_BYTES, type Outcome, timed } from './attempt.js';

export interface Content {
  headers: Record<string, string>;
  body: string;
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
    const outcome = this.ask(address, content).catch((error: unknown) => ({
      ...{ isDelivered: false, status: null, answer: null },
      error: whyFailed(error, this.config.notifications.timeoutSeconds),
    }));
    return timed(outcome, this.closing.signal);
  }

  private async ask(address: string, { headers, body }: Content): Promise<Outcome> {
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
  return keptAnswer(Buffer.concat(parts).subarray(0, MAX_ANSWER_BYTES).toString());
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
