/** `2026-12-24 09:30:00 UTC`; some tokens have an offset instead of the zone: `2026-12-24 09:30:00 +0000`. */
const FORM = /^(2\d{3}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d) ?(?:UTC|Z|([+-]\d\d):?(\d\d))$/;

/**
 * When a token expires, from the header `github-authentication-token-expiration`. Null without it: for tokens that never
 * expire, and for an App's tokens.
 */
export function tokenExpiry(header: unknown): Date | null {
  const [, day, time, hours = '+00', minutes = '00'] = FORM.exec(String(header ?? '').trim()) ?? [];
  const moment = new Date(`${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
