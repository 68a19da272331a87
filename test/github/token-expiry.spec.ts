import { expect, it } from 'vitest';
import { tokenExpiry } from '../../src/github/client/token-expiry.js';

it.each([
  ['2026-12-24 09:30:00 UTC', '2026-12-24T09:30:00.000Z'],
  ['2026-12-24 09:30:00 +0000', '2026-12-24T09:30:00.000Z'],
  ['2026-12-24 09:30:00 -0700', '2026-12-24T16:30:00.000Z'],
  ['2026-12-24 09:30:00 +05:30', '2026-12-24T04:00:00.000Z'],
  ['2026-12-24T09:30:00Z', '2026-12-24T09:30:00.000Z'],
])('reads %s in the header as the moment %s', (header, moment) => {
  expect(tokenExpiry(header)?.toISOString()).toBe(moment);
});

it.each([
  undefined,
  '',
  'never',
  '2026-12-24',
  '2026-12-24 09:30:00',
  '2026-12-24 09:30:00 PDT',
  '2026-13-24 09:30:00 UTC',
  '2026-12-24 29:30:00 UTC',
  '2026-12-24 09:30:00 UTC, 2027-12-24 09:30:00 UTC',
])('takes %s in the header for nothing told', (header) => {
  expect(tokenExpiry(header)).toBeNull();
});
