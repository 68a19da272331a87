import type { Request, Response } from 'express';
import { formText } from '../platform/web/form-text.js';

/** What somebody typed or chose on the way, the token apart. */
export interface Typed {
  apiUrl: string;
  organization: string;
  publicOnly: boolean;
}

const COOKIE = 'rollcall_onboarding';

/** How long it is kept, in ms: as long as a token waits. */
const KEPT = 3_600_000;

const LONGEST = 500;

/** What was typed so far. It is kept with the browser, because a session that ends takes with it all that it holds. */
export function typedOf({ headers }: Request): Typed {
  const [, kept = ''] = new RegExp(`(?:^|; ?)${COOKIE}=([\\w-]*)`).exec(headers.cookie ?? '') ?? [];
  const values = new URLSearchParams(Buffer.from(kept, 'base64url').toString('utf8'));
  return fromForm(Object.fromEntries(values));
}

/** Keeps what is new beside what was typed before. */
export function keepTyped(request: Request, response: Response, news: Partial<Typed>): Typed {
  const { publicOnly, ...typed } = { ...typedOf(request), ...news };
  const values = new URLSearchParams({ ...typed, ...(publicOnly && { publicOnly: 'yes' }) });
  response.cookie(COOKIE, Buffer.from(values.toString()).toString('base64url'), {
    ...{ path: '/onboarding', maxAge: KEPT },
    ...{ httpOnly: true, sameSite: 'lax', secure: request.secure },
  });
  return { ...typed, publicOnly };
}

export function forgetTyped(response: Response): void {
  response.clearCookie(COOKIE, { path: '/onboarding' });
}

/** What a form of the onboarding holds; '' for what it does not. */
export const fromForm = (form: unknown): Typed => ({
  apiUrl: formText(form, 'apiUrl').slice(0, LONGEST),
  organization: formText(form, 'organization').slice(0, LONGEST),
  publicOnly: formText(form, 'publicOnly') === 'yes',
});
