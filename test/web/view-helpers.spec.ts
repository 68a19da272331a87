import { expect, it } from 'vitest';
import { distance, viewHelpers } from '../../src/platform/web/view-helpers.js';

const { ago, exactTime, number, plural, time } = viewHelpers;
const noon = new Date('2026-11-20T12:00:00.000Z');

it('writes numbers for people', () => {
  expect([number(0), number(1234), number(null)]).toEqual(['0', '1,234', '']);
});

it('chooses the word for a count', () => {
  expect(plural(1, 'person', 'people')).toBe('person');
  expect(plural(0, 'person', 'people')).toBe('people');
});

it('writes times in UTC, wherever the machine is', () => {
  for (const when of [noon, noon.toISOString()])
    expect(String(time(when))).toBe(
      '<time datetime="2026-11-20T12:00:00.000Z" title="20 Nov 2026, 12:00:00 UTC" data-format="minutes">20 Nov 2026, 12:00 UTC</time>',
    );
  expect(String(exactTime(noon))).toContain('data-format="seconds">20 Nov 2026, 12:00:00 UTC<');
});

it('writes nothing for no time', () => {
  for (const when of [null, undefined, 'soon']) expect(String(time(when))).toBe('');
});

it('says how long ago, and when exactly', () => {
  const html = String(ago(new Date(Date.now() - 3 * 60_000 - 500)));
  expect(html).toMatch(/^<time datetime="[^"]+Z" title="[^"]+ UTC">3 minutes ago<\/time>$/);
});

const DAY = 86_400;

it.each([
  [0, 'now'],
  [-59, '59 seconds ago'],
  [-80, '1 minute ago'],
  [-7200, '2 hours ago'],
  [-DAY, 'yesterday'],
  [-45 * DAY, '45 days ago'],
  [-400 * DAY, '13 months ago'],
  [40, 'in 40 seconds'],
  [59.7, 'in 1 minute'],
  [3599, 'in 1 hour'],
  [DAY - 1, 'tomorrow'],
  [1.6 * DAY, 'in 2 days'],
  [90 * DAY - 3600, 'in 90 days'],
  [99.4 * DAY, 'in 99 days'],
  [99.6 * DAY, 'in 3 months'],
  [365 * DAY - 3600, 'in 12 months'],
  [700 * DAY, 'in 23 months'],
  [729 * DAY, 'in 2 years'],
])('%d s away: %s', (seconds, words) => {
  expect(distance(new Date(noon.getTime() + seconds * 1000), noon)).toBe(words);
});
