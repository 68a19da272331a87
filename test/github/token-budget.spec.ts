import { describe, expect, it } from 'vitest';
import type { Headers } from '../../src/github/errors/limit-failure.js';
import { limitReached, untilReset } from '../../src/github/errors/limit-failure.js';
import { LimitReached } from '../../src/github/errors/limit-reached.js';
import type { Resource } from '../../src/github/limits/resource-budget.js';
import { TokenBudget } from '../../src/github/limits/token-budget.js';

const MINUTE = 60_000;

/** A budget, and the clock that it goes by. */
function setUp(limits: { concurrency?: number; reservePercent?: number; core?: number } = {}) {
  const clock = { now: 1_000_000 };
  const budget = new TokenBudget({
    concurrency: limits.concurrency ?? 10,
    reservePercent: limits.reservePercent ?? 10,
    pointsAMinute: { core: limits.core ?? 900, graphql: 2_000 },
    now: () => clock.now,
  });
  const send = (isUrgent = false) => budget.send('core', isUrgent, async () => 'answered');
  const refuse = (headers: Headers, resource: Resource = 'core') =>
    budget.limited(resource, headers, limitReached(headers, undefined));
  return { budget, clock, send, refuse };
}

/** @param resetsIn in s, by GitHub's clock */
const hour = (remaining: number, { resetsIn = 1_800 } = {}): Headers => ({
  date: 'Tue, 24 Nov 2026 10:00:00 GMT',
  'x-ratelimit-limit': '5000',
  'x-ratelimit-remaining': String(remaining),
  'x-ratelimit-reset': String(Date.UTC(2026, 10, 24, 10) / 1000 + resetsIn),
});

const waitOf = async (answer: Promise<unknown>): Promise<[string, number]> => {
  const failure = await answer.catch((error: unknown) => error);
  if (!(failure instanceof LimitReached)) throw new Error('Nothing was refused.');
  return [failure.code, failure.resumesIn];
};

const EIGHT_OF_EACH = Array.from({ length: 8 }, (): Resource[] => ['core', 'graphql']).flat();

/** Requests that stay under way until they are told to end. */
function slow(budget: TokenBudget) {
  const open = { count: 0, most: 0 };
  const ends: (() => void)[] = [];
  const begin = (resource: Resource) =>
    budget.send(resource, false, async () => {
      open.most = Math.max(open.most, ++open.count);
      await new Promise<void>((resolve) => ends.push(resolve));
      open.count--;
    });
  const beginEach = () => EIGHT_OF_EACH.map(begin);
  const endAll = async (all: Promise<void>[]) => {
    const state = { done: false };
    const settled = Promise.allSettled(all).then(() => {
      state.done = true;
    });
    while (!state.done) {
      for (const end of ends.splice(0)) end();
      await Promise.resolve();
    }
    await settled;
  };
  return { begin, beginEach, endAll, open };
}

describe('the budget of a credential', () => {
  it('lets a burst through, and then waits for the end of the minute', async () => {
    const { budget, clock, send } = setUp({ core: 3 });
    budget.note(hour(4_000));
    for (let i = 0; i < 3; i++) await send();
    clock.now += 20_000;
    expect(await waitOf(send())).toEqual(['secondary_limited', 40_000]);
    clock.now += 40_000;
    expect(await send()).toBe('answered');
  });

  it('counts REST and GraphQL apart', async () => {
    const { budget, send } = setUp({ core: 1 });
    budget.note(hour(4_000));
    await send();
    await waitOf(send());
    expect(await budget.send('graphql', false, async () => 'answered')).toBe('answered');
  });

  it('knows no minute on a server that tells no limits', async () => {
    const { send } = setUp({ core: 1 });
    for (let i = 0; i < 5; i++) expect(await send()).toBe('answered');
  });

  it('leaves the last of the hour to others, until it is given anew', async () => {
    const { budget, clock, send } = setUp();
    budget.note(hour(501));
    expect(await send()).toBe('answered');
    budget.note(hour(500));
    expect(await waitOf(send())).toEqual(['rate_limited', 30 * MINUTE + 1_000]);
    clock.now += 30 * MINUTE + 1_000;
    expect(await send()).toBe('answered');
  });

  it('counts what is under way as spent', async () => {
    const { budget, send } = setUp();
    budget.note(hour(502));
    const { begin, endAll, open } = slow(budget);
    const under = [begin('core'), begin('core')];
    while (open.count < 2) await Promise.resolve();
    expect((await waitOf(send()))[0]).toBe('rate_limited');
    await endAll(under);
  });

  it('lets what a person waits for use the reserve', async () => {
    const { budget, send } = setUp({ core: 0 });
    budget.note(hour(10));
    expect(await send(true)).toBe('answered');
    await waitOf(send(false));
  });

  it('sends nothing for anybody once nothing remains', async () => {
    const { budget, send } = setUp();
    budget.note(hour(0));
    expect((await waitOf(send(true)))[0]).toBe('rate_limited');
  });

  it('waits as long as the longest answer says', () => {
    const { refuse } = setUp();
    expect(refuse({}).resumesIn).toBe(MINUTE);
    expect(refuse({ 'retry-after': '600' }).resumesIn).toBe(10 * MINUTE);
    expect(refuse({ 'retry-after': '5' }).resumesIn).toBe(10 * MINUTE);
  });

  it('sends nothing at all, for nobody, while GitHub says to wait', async () => {
    const { clock, send, refuse } = setUp();
    expect(refuse({ 'retry-after': '90' }).resumesIn).toBe(90_000);
    clock.now += 30_000;
    expect(await waitOf(send())).toEqual(['secondary_limited', 60_000]);
    expect(await waitOf(send(true))).toEqual(['secondary_limited', 60_000]);
    clock.now += 60_000;
    expect(await send()).toBe('answered');
  });

  it('waits a minute where GitHub does not say how long, and longer each time it goes on', async () => {
    const { clock, refuse, send } = setUp();
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      const { resumesIn } = refuse({});
      waits.push(resumesIn / MINUTE);
      clock.now += resumesIn;
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
    await send();
    expect(refuse({}).resumesIn).toBe(MINUTE);
  });

  /** The waits of refusals that come one after the other, each as soon as the one before is over; in s. */
  const waitsOf = (headers: Headers, times: number): number[] => {
    const { clock, refuse } = setUp();
    return Array.from({ length: times }, () => {
      const { resumesIn } = refuse(headers);
      clock.now += resumesIn;
      return resumesIn / 1_000;
    });
  };

  it.each([
    ['retry-after: 0', { 'retry-after': '0' }],
    ['a reset of now', hour(0, { resetsIn: 0 })],
    [
      'a reset of now on GraphQL',
      { ...hour(0, { resetsIn: 0 }), 'x-ratelimit-resource': 'graphql' },
    ],
  ])('waits longer each time it is refused with %s', (_, headers) => {
    expect(waitsOf(headers, 12)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  it.each([
    ['a reset that is past', hour(0, { resetsIn: -600 })],
    ['a date that is past in retry-after', { ...hour(1), 'retry-after': hour(1).date }],
    ['words in retry-after', { 'retry-after': 'soon' }],
    ['no reset', { 'x-ratelimit-remaining': '0' }],
    ['words for a reset', { ...hour(0), 'x-ratelimit-reset': 'soon' }],
  ])('takes %s for no time at all, and waits a minute, then longer', (_, headers) => {
    expect(waitsOf(headers, 4)).toEqual([60, 120, 240, 480]);
  });

  it('waits no longer than GitHub says where that is long enough', () => {
    expect(waitsOf({ 'retry-after': '90' }, 4)).toEqual([90, 90, 90, 90]);
    expect(waitsOf(hour(0), 3)).toEqual([1801, 1801, 1801]);
  });

  it('forgets earlier refusals of a resource once it answers', async () => {
    const { budget, clock, refuse, send } = setUp();
    const now = hour(0, { resetsIn: 0 });
    clock.now += refuse(now).resumesIn;
    await budget.send('graphql', false, async () => 'answered');
    expect(refuse(now).resumesIn).toBe(2_000);
    clock.now += 2_000;
    await send();
    expect(refuse(now).resumesIn).toBe(1_000);
  });

  it('goes on at once after an answer whose window is over already', async () => {
    const { budget, send } = setUp();
    for (const resetsIn of [0, -1, -600]) {
      budget.note(hour(0, { resetsIn }));
      expect(await send(true)).toBe('answered');
      expect(await send()).toBe('answered');
    }
  });

  it('takes many refusals of one burst for one', () => {
    const { clock, refuse } = setUp();
    expect(refuse({}).resumesIn).toBe(MINUTE);
    clock.now += 1_000;
    expect(refuse({}).resumesIn).toBe(59_000);
    clock.now += 59_000;
    expect(refuse({}).resumesIn).toBe(2 * MINUTE);
  });

  it('limits concurrent requests of REST and GraphQL apart', async () => {
    const { budget } = setUp({ concurrency: 4 });
    const requests = slow(budget);
    await requests.endAll(Array.from({ length: 8 }, () => requests.begin('graphql')));
    expect(requests.open.most).toBe(4);
    await requests.endAll(requests.beginEach());
    expect(requests.open.most).toBe(8);
  });

  it('sends one at a time of both after a secondary limit, for a quarter of an hour', async () => {
    const { budget, clock, refuse, send } = setUp({ concurrency: 4 });
    clock.now += refuse({}).resumesIn;
    const after = slow(budget);
    await after.endAll(after.beginEach());
    expect(after.open.most).toBe(1);
    clock.now += 15 * MINUTE;
    await send();
    const later = slow(budget);
    await later.endAll(later.beginEach());
    expect(later.open.most).toBe(8);
  });
});

describe('the time until GitHub gives requests anew', () => {
  it("goes by GitHub's clock, however wrong ours is", () => {
    expect(untilReset(hour(0))).toBe(30 * MINUTE + 1_000);
  });

  it('is never more than the hour, and unknown where it is past', () => {
    const at = (reset: number): Headers => ({ ...hour(0), 'x-ratelimit-reset': String(reset) });
    expect(untilReset(at(0))).toBeUndefined();
    expect(untilReset(at(Number.NaN))).toBeUndefined();
    expect(untilReset({ date: hour(0).date })).toBeUndefined();
    expect(untilReset(at(Date.UTC(2030, 0) / 1000))).toBe(60 * MINUTE + 1_000);
    expect(limitReached(at(0), undefined).resumesIn).toBe(MINUTE);
  });

  it('comes after what `retry-after` says', () => {
    expect(limitReached({ ...hour(0), 'retry-after': '7' }, undefined)).toMatchObject({
      code: 'rate_limited',
      resumesIn: 7_000,
    });
  });

  it('understands a date in `retry-after`', () => {
    const { resumesIn } = limitReached(
      { date: hour(1).date, 'retry-after': 'Tue, 24 Nov 2026 10:02:00 GMT' },
      undefined,
    );
    expect(resumesIn).toBe(2 * MINUTE);
  });
});
