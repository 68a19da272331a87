/** `2026-12-24 09:30:00 UTC`; of some tokens with an offset instead of the zone: `2026-12-24 09:30:00 +0000`. */
const FORM = /^(2\d{3}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d) ?(?:UTC|Z|([+-]\d\d):?(\d\d))$/;

/**
 * When a token ends, as GitHub tells it in the header `github-authentication-token-expiration`; null where it tells nothing:
 * of tokens that never end, and of an App's.
 */
export function tokenExpiry(header: unknown): Date | null {
  const [, day, time, hours = '+00', minutes = '00'] = FORM.exec(String(header ?? '').trim()) ?? [];
  const moment = new Date(`${day}T${time}${hours}:${minutes}`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
