import { describe, expect, it } from 'vitest';
import { MEMBER, OWNER, Stage } from './support/stage.js';

const QUERY = '{ viewer { login } }';

async function statuses(count: number, ask: () => Promise<Response>): Promise<number[]> {
  const found: number[] = [];
  for (let done = 0; done < count; done++) found.push((await ask()).status);
  return found;
}

describe('a secondary limit', () => {
  it('refuses more REST points a minute than it allows, 304s included, and says how long to wait', async () => {
    const stage = await Stage.set(0, { secondaryLimits: { restPointsAMinute: 3, retryAfter: 20 } });
    const etag = (await stage.get('/user')).headers.get('etag') ?? '';
    const ask = () => stage.get('/user', OWNER, { 'if-none-match': etag });
    expect(await statuses(3, ask)).toEqual([304, 304, 403]);
    const refused = await ask();
    expect(refused.headers.get('retry-after')).toBe('20');
    expect(await refused.json()).toMatchObject({ message: expect.stringContaining('secondary') });
    expect((await stage.post(JSON.stringify({ query: QUERY }))).status).toBe(403);
    expect((await stage.get('/user', MEMBER)).status).toBe(200);
    expect(stage.simulator.secondaryLimited).toBe(3);
    stage.world.clock.advance(20_000);
    expect(await statuses(4, ask)).toEqual([304, 304, 304, 403]);
  });

  it('counts a minute, not for ever', async () => {
    const stage = await Stage.set(0, { secondaryLimits: { restPointsAMinute: 2 } });
    expect(await statuses(2, () => stage.get('/user'))).toEqual([200, 200]);
    stage.world.clock.advance(60_000);
    expect(await statuses(3, () => stage.get('/user'))).toEqual([200, 200, 403]);
  });

  it('has points of its own for GraphQL, and may leave open how long to wait', async () => {
    const limits = { graphqlPointsAMinute: 1, retryAfter: null, status: 429 as const };
    const stage = await Stage.set(0, { secondaryLimits: limits });
    const ask = () => stage.post(JSON.stringify({ query: QUERY }));
    expect(await statuses(1, ask)).toEqual([200]);
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
  });

  it('refuses too many at once, whatever they ask', async () => {
    const stage = await Stage.set(0, { secondaryLimits: { concurrent: 2 } });
    const sent = [];
    const holds = [];
    for (const path of ['/user?first', '/user?second', '/orgs/acme?third']) {
      const held = stage.simulator.faults.on(({ path: asked }) => asked === path).hold();
      holds.push(held);
      sent.push(stage.get(path));
      await held.arrived;
    }
    for (const held of holds) held.release();
    const found = await Promise.all(sent);
    expect(found.map(({ status }) => status)).toEqual([200, 200, 403]);
  });

  it("has GitHub's own numbers by default", async () => {
    const stage = await Stage.set(0, { secondaryLimits: true });
    const answers = await Promise.all(Array.from({ length: 100 }, () => stage.get('/user')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await statuses(800, () => stage.get('/rate_limit'))).not.toContain(403);
    expect(await statuses(1, () => stage.get('/rate_limit'))).toEqual([403]);
  });

  it('is off unless asked for', async () => {
    const stage = await Stage.set(0);
    expect(new Set(await statuses(901, () => stage.get('/rate_limit')))).toEqual(new Set([200]));
  });
});

describe('somebody who was told to wait', () => {
  it('is counted who asks again before the time, but not who had asked already', async () => {
    const stage = await Stage.set(0);
    stage.simulator.faults.on(/^GET \/user$/).secondaryLimit(30);
    await stage.get('/user');
    await stage.get('/user');
    expect(stage.simulator.impatient).toBe(0);
    stage.world.clock.advance(1000);
    await stage.get('/user', MEMBER);
    expect(stage.simulator.impatient).toBe(0);
    await stage.graphql(QUERY);
    expect(stage.simulator.impatient).toBe(1);
    stage.world.clock.advance(30_000);
    await stage.get('/user');
    expect(stage.simulator.impatient).toBe(1);
  });

  it('cannot hide behind being refused again and again', async () => {
    const secondaryLimits = { restPointsAMinute: 1, retryAfter: 10 };
    const stage = await Stage.set(0, { secondaryLimits });
    for (let asked = 0; asked < 6; asked++) {
      await stage.get('/user');
      stage.world.clock.advance(400);
    }
    expect(stage.simulator.impatient).toBe(3);
  });

  it('waits a minute where no time was told', async () => {
    const stage = await Stage.set(0, { graceMs: -1 });
    stage.simulator.faults.on(/user/).secondaryLimit();
    await stage.get('/user');
    stage.world.clock.advance(59_000);
    await stage.get('/user');
    stage.world.clock.advance(2000);
    await stage.get('/user');
    expect(stage.simulator.impatient).toBe(1);
  });

  it('may ask GraphQL while the hour of REST is used up, and the other way round', async () => {
    const stage = await Stage.set(0, { graceMs: -1 });
    stage.world.setRemaining(OWNER, 'core', 0, 60);
    await stage.get('/user');
    await stage.graphql(QUERY);
    expect(stage.simulator.impatient).toBe(0);
    await stage.get('/user');
    expect(stage.simulator.impatient).toBe(1);
    stage.world.setRemaining(MEMBER, 'graphql', 0, 60);
    await stage.graphql(QUERY, {}, MEMBER);
    await stage.get('/user', MEMBER);
    expect(stage.simulator.impatient).toBe(1);
    await stage.graphql(QUERY, {}, MEMBER);
    expect(stage.simulator.impatient).toBe(2);
  });
});

describe('the clock of the simulated GitHub', () => {
  it.each([3_600_000, -3_600_000, 0])('may be off by %i ms', async (clockAheadMs) => {
    const stage = await Stage.set(0, { clockAheadMs });
    const { headers } = await stage.get('/user');
    const now = Date.now() + clockAheadMs;
    expect(Math.abs(Date.parse(headers.get('date') ?? '') - now)).toBeLessThan(5000);
    const reset = Number(headers.get('x-ratelimit-reset')) * 1000;
    expect(Math.abs(reset - now - 3_600_000)).toBeLessThan(5000);
    const { data } = await stage.graphql('{ rateLimit { resetAt } }');
    const { resetAt } = (data as unknown as { rateLimit: { resetAt: string } }).rateLimit;
    expect(Math.abs(Date.parse(resetAt) - now - 3_600_000)).toBeLessThan(5000);
    stage.simulator.faults.on(/user/).rateLimited(90);
    const limited = await stage.get('/user');
    const until = Number(limited.headers.get('x-ratelimit-reset')) * 1000;
    expect(Math.abs(until - now - 90_000)).toBeLessThan(5000);
  });

  it('may jump, so that an hour is over at once', async () => {
    const stage = await Stage.set(0);
    stage.world.setRemaining(OWNER, 'core', 0);
    expect((await stage.get('/user')).status).toBe(403);
    stage.world.clock.advance(3_601_000);
    expect((await stage.get('/user')).headers.get('x-ratelimit-remaining')).toBe('4999');
  });
});
