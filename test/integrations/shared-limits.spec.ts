import { expect, it, onTestFinished } from 'vitest';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import type { Headers } from '../../src/github/errors/limit-failure.js';
import { limitReached } from '../../src/github/errors/limit-failure.js';
import { TokenBudgets } from '../../src/github/limits/token-budgets.js';
import { Redis } from '../support/servers/redis.js';
import { type Service, startService, ways } from '../support/service.js';
import { startWeb, type WebService } from '../support/web.js';

const scaled = ways.find(({ bull }) => bull) ?? {};

const HOUR: Headers = { 'x-ratelimit-limit': '50000', 'x-ratelimit-remaining': '49000' };
const GITHUB = 'https://api.github.com';

/** Another process on the same database and Redis. */
const envOf = ({ config: { database, redis } }: Service): NodeJS.ProcessEnv => ({
  DATABASE_URL: database.type === 'mysql' ? database.url : '',
  REDIS_URL: redis?.url,
});

/** The same credential in two processes, and another one in the second. */
async function twoProcesses(env?: NodeJS.ProcessEnv) {
  const first = await startService({ ...scaled, env });
  const second = await startService({ ...scaled, env: envOf(first) });
  const budgetOf = ({ app }: Service, token: string) => {
    const budget = app.get(TokenBudgets, { strict: false }).of(GITHUB, token);
    budget.note(HOUR);
    return {
      send: (isUrgent = false) => budget.send('core', isUrgent, async () => 'answered'),
      refuse: (headers: Headers) =>
        budget.limited('core', headers, limitReached(headers, undefined)),
    };
  };
  return {
    mine: budgetOf(first, 'ghp_one'),
    same: budgetOf(second, 'ghp_one'),
    other: budgetOf(second, 'ghp_two'),
  };
}

const waits = { code: 'secondary_limited', resumesIn: expect.any(Number) };

it('the minute of a credential is one for all processes with a Redis', async () => {
  const { mine, same, other } = await twoProcesses();
  await Promise.all(Array.from({ length: 450 }, () => Promise.all([mine.send(), same.send()])));
  for (const budget of [mine, same]) await expect(budget.send()).rejects.toMatchObject(waits);
  expect(await same.send(true)).toBe('answered');
  expect(await other.send()).toBe('answered');
});

it('a wait that GitHub tells one process holds for the others', async () => {
  const { mine, same, other } = await twoProcesses();
  mine.refuse({ ...HOUR, 'retry-after': '30' });
  await expect.poll(() => same.send().catch((error) => error)).toMatchObject(waits);
  expect(await other.send()).toBe('answered');
});

it('while Redis does not answer, each process counts for itself', async () => {
  const redis = await Redis.start();
  onTestFinished(() => redis.stop());
  const { mine, same } = await twoProcesses({ REDIS_URL: redis.url });
  await Promise.all(Array.from({ length: 900 }, () => same.send()));
  await expect(mine.send()).rejects.toMatchObject(waits);
  await redis.kill();
  expect(await mine.send()).toBe('answered');
});

it('the requests of an API token are counted by all processes together', async () => {
  const limits = { API_REQUESTS_PER_MINUTE: '4' };
  const first = await startWeb({ ...scaled, env: limits });
  const second = await startWeb({ ...scaled, env: { ...limits, ...envOf(first) } });
  const { value } = await first.app
    .get(ApiTokensService, { strict: false })
    .create(1, 'report', { readOnly: true });
  const ask = async ({ url }: WebService) => {
    const headers = { Authorization: `Bearer ${value}` };
    return (await fetch(`${url}/api/v1/integrations`, { headers })).status;
  };
  const statuses: number[] = [];
  for (const one of [first, second, first, second, first, second]) statuses.push(await ask(one));
  expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
});
