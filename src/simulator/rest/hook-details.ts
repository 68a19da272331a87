import { type Answer, problem } from '../answer.js';
import { jsonObject } from '../exchange.js';
import type { HookConfig, HookDetails } from '../hooks/hook.js';

interface HookBody {
  readonly name?: unknown;
  readonly events?: readonly string[];
  readonly active?: boolean;
  readonly config?: { url?: unknown; content_type?: unknown; secret?: string };
}

/** What a body asks for; undefined where GitHub would refuse it. @param present what holds where a change says nothing */
export function readHook(text: string, present?: HookDetails): HookDetails | undefined {
  const body = (jsonObject(text) ?? {}) as HookBody;
  const config = body.config ? configOf(body.config) : present?.config;
  if (!config || (!present && body.name !== 'web')) return undefined;
  return {
    config,
    events: body.events ?? present?.events ?? ['push'],
    active: body.active ?? present?.active ?? true,
  };
}

function configOf({ url, content_type, secret }: NonNullable<HookBody['config']>) {
  if (typeof url !== 'string' || !isWebAddress(url)) return undefined;
  const contentType: HookConfig['contentType'] = content_type === 'json' ? 'json' : 'form';
  return { url, contentType, ...(secret ? { secret } : {}) };
}

function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** @param why a code of GitHub's, or its words */
export function refusedHook(field: string, why: string, page: string): Answer {
  const error = why === 'invalid' ? { code: why, field } : { code: 'custom', message: why };
  return problem(422, 'Validation Failed', page, { errors: [{ resource: 'Hook', ...error }] });
}
