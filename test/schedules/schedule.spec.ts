import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { nextSyncAt, type Schedule } from '../../src/integrations/schedules/schedule.js';

const base: Schedule = { kind: 'daily', weekday: 1, time: '03:00', zone: 'UTC' };

/** Of the integration whose distance is none. */
const next = (schedule: Partial<Schedule>, after: string, id = 0): string | undefined =>
  nextSyncAt({ ...base, ...schedule }, id, new Date(after))?.toISOString();

/** The next so many moments, each after the one before. */
function moments(schedule: Partial<Schedule>, from: string, count: number): string[] {
  const found: string[] = [];
  for (let after = from; found.length < count; after = found.at(-1) ?? '')
    found.push(next(schedule, after) ?? '');
  return found;
}

describe('a schedule', () => {
  it('that is off never comes', () => {
    expect(nextSyncAt({ ...base, kind: 'off' }, 1, new Date())).toBeNull();
  });

  it('comes each hour, each day, each week', () => {
    const from = '2026-11-23T10:20:00.000Z';
    expect(moments({ kind: 'hourly' }, from, 2)).toEqual([
      '2026-11-23T11:00:00.000Z',
      '2026-11-23T12:00:00.000Z',
    ]);
    expect(moments({ zone: 'Asia/Kolkata', time: '16:00' }, from, 2)).toEqual([
      '2026-11-23T10:30:00.000Z',
      '2026-11-24T10:30:00.000Z',
    ]);
    expect(
      moments({ kind: 'weekly', weekday: 7, time: '23:30', zone: 'America/New_York' }, from, 2),
    ).toEqual(['2026-11-30T04:30:00.000Z', '2026-12-07T04:30:00.000Z']);
    expect(next({ kind: 'weekly', weekday: 1, time: '10:00' }, from)).toBe(
      '2026-11-30T10:00:00.000Z',
    );
  });

  it.each([
    // Left out: the clocks went from 2:00 to 3:00, so that 2:30 is the moment they showed as 3:30.
    [
      'Europe/Berlin',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:30:00.000Z', '2026-03-30T00:30:00.000Z'],
    ],
    // Twice: only the first 2:30, before the clocks went back.
    [
      'Europe/Berlin',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
    ],
    [
      'America/New_York',
      '2026-03-07T12:00:00Z',
      ['2026-03-08T07:30:00.000Z', '2026-03-09T06:30:00.000Z'],
    ],
    // By half an hour: 2:00 to 2:30.
    [
      'Australia/Lord_Howe',
      '2026-10-03T12:00:00Z',
      ['2026-10-03T15:30:00.000Z', '2026-10-04T15:30:00.000Z'],
    ],
  ])('holds by the clocks of %s when they change, after %s', (zone, from, expected) => {
    expect(moments({ zone, time: '02:30' }, from, 2)).toEqual(expected);
  });

  it.each([
    // By half an hour, 2:00 to 2:30 and 2:00 to 1:30: 2:10 is left out, and 1:45 comes twice.
    [
      'Australia/Lord_Howe',
      '02:10',
      '2026-10-03T12:00:00Z',
      ['2026-10-03T15:40:00.000Z', '2026-10-04T15:10:00.000Z'],
    ],
    [
      'Australia/Lord_Howe',
      '01:45',
      '2027-04-03T12:00:00Z',
      ['2027-04-03T14:45:00.000Z', '2027-04-04T15:15:00.000Z'],
    ],
    // Left out at midnight, where the day begins at 1:00.
    [
      'Africa/Cairo',
      '00:00',
      '2026-04-23T12:00:00Z',
      ['2026-04-23T22:00:00.000Z', '2026-04-24T21:00:00.000Z'],
    ],
  ])('holds by the clocks of %s at %s, after %s', (zone, time, from, expected) => {
    expect(moments({ zone, time }, from, 2)).toEqual(expected);
  });

  it('is the same in whichever season it is asked for', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const asked = ['2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z'].map((season) => {
      vi.setSystemTime(season);
      return ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'].map((zone) =>
        moments({ zone, time: '02:10' }, '2026-01-01T00:00:00Z', 365),
      );
    });
    expect(asked[0]).toEqual(asked[1]);
  });

  it('does not come a second time within an hour that the clocks show twice', () => {
    const first = next({ zone: 'America/New_York', time: '01:30' }, '2026-10-31T12:00:00Z') ?? '';
    expect(first).toBe('2026-11-01T05:30:00.000Z');
    expect(next({ zone: 'America/New_York', time: '01:30' }, '2026-11-01T05:45:00Z')).toBe(
      '2026-11-02T06:30:00.000Z',
    );
  });

  it('comes once a calendar day, always later, whatever the zone and the moment', () => {
    const zones = [
      'UTC',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Pacific/Apia',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (zone, minutes, id, after) => {
          const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
          const schedule = { ...base, zone, time };
          const one = nextSyncAt(schedule, id, after) as Date;
          const two = nextSyncAt(schedule, id, one) as Date;
          const hours = (two.getTime() - one.getTime()) / 3_600_000;
          expect(one.getTime()).toBeGreaterThan(after.getTime());
          expect(one.getTime() - after.getTime()).toBeLessThanOrEqual(26 * 3_600_000);
          expect(hours).toBeGreaterThanOrEqual(22);
          expect(hours).toBeLessThanOrEqual(26);
        },
      ),
    );
  });

  it('comes on each date once, at its time, or where that is left out within the hour after', () => {
    for (const zone of ['Europe/Berlin', 'Australia/Lord_Howe', 'Africa/Cairo', 'America/Havana'])
      for (const time of ['00:00', '00:30', '01:45', '02:10', '02:30', '12:00']) {
        const local = moments({ zone, time }, '2026-01-01T12:00:00Z', 400).map((moment) =>
          DateTime.fromISO(moment, { zone }),
        );
        const first = local[0]?.toISODate() ?? '';
        expect(local.map((one) => one.toISODate())).toEqual(
          local.map((_, i) => DateTime.fromISO(first).plus({ days: i }).toISODate()),
        );
        const off = local.filter((one) => one.toFormat('HH:mm') !== time);
        expect(off.length, `${zone} ${time}`).toBeLessThanOrEqual(2);
        for (const one of off) {
          const [hour, minute] = time.split(':').map(Number);
          const late = one.hour * 60 + one.minute - (hour ?? 0) * 60 - (minute ?? 0);
          expect(late).toBeGreaterThan(0);
          expect(late).toBeLessThanOrEqual(60);
        }
      }
  });

  it('comes once a week and once an hour, whatever the clocks do', () => {
    for (const zone of ['Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana']) {
      const weeks = moments({ kind: 'weekly', weekday: 7, zone, time: '02:10' }, '2026-01-01', 60);
      const hours = moments({ kind: 'hourly', zone }, '2026-10-24T00:00:00Z', 60);
      const days = (from = '', to = '') => (Date.parse(to) - Date.parse(from)) / 86_400_000;
      for (let i = 1; i < 60; i++) {
        expect(Math.abs(days(weeks[i - 1], weeks[i]) - 7)).toBeLessThan(1.01 / 24);
        expect(days(hours[i - 1], hours[i]) * 24).toBeCloseTo(1);
      }
      expect(weeks.map((one) => DateTime.fromISO(one, { zone }).weekday)).toEqual(
        weeks.map(() => 7),
      );
    }
  });

  it('is refused by clocks that nobody knows', () => {
    expect(() => next({ zone: 'Mars/Olympus' }, '2026-01-01')).toThrow('Mars/Olympus');
  });

  it('spreads a thousand integrations over half an hour, each always at the same distance', () => {
    const after = new Date('2026-11-23T00:00:00Z');
    const all = Array.from({ length: 1_000 }, (_, id) => nextSyncAt(base, id, after) as Date);
    const late = all.map((date) => (date.getTime() - Date.parse('2026-11-23T03:00:00Z')) / 60_000);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThan(30);
    const perMinute = Array.from({ length: 30 }, (_, m) =>
      late.filter((at) => Math.floor(at) === m),
    );
    expect(Math.max(...perMinute.map(({ length }) => length))).toBeLessThan(60);
    const tomorrow = DateTime.fromJSDate(all[7] as Date).plus({ days: 1 });
    expect(nextSyncAt(base, 7, all[7] as Date)).toEqual(tomorrow.toJSDate());
  });
});
