import { Logger } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { secretsOf, secretsRemover } from '../../src/platform/observability/logs/remove-secrets.js';
import { requestIdOf } from '../../src/platform/observability/logs/request-id.js';
import { serverLog } from '../../src/platform/observability/logs/server-log.js';
import { addFacts, withFacts } from '../../src/platform/observability/work-facts.js';

afterEach(() => Logger.overrideLogger(false));

/** Logs through Nest's logger, as all code does; what was written since. */
async function start(env: NodeJS.ProcessEnv) {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  Logger.overrideLogger(await serverLog(loadConfig(env)));
  return { written, logger: new Logger('Test'), entry: () => JSON.parse(written.at(-1) ?? '') };
}

describe('as JSON', () => {
  it('writes the level, the time, the words, the fields, and the facts of the work', async () => {
    const { logger, entry, written } = await start({ LOG_FORMAT: 'json' });
    withFacts({ requestId: 'r1' }, () => {
      addFacts({ runId: 7 });
      logger.warn('Something\nhappened', { seconds: 2 });
    });
    expect(entry()).toEqual({
      ...{ level: 'warn', time: expect.stringMatching(/^\d{4}-.*Z$/), pid: process.pid },
      ...{ role: 'all', context: 'Test', msg: 'Something\nhappened' },
      ...{ requestId: 'r1', runId: 7, seconds: 2 },
    });
    logger.log('later');
    expect(entry()).not.toHaveProperty('requestId');
    expect(written.every((line) => /^[^\n]+\n$/.test(line))).toBe(true);
  });

  it('writes an error with its causes, without what a server answered', async () => {
    const { logger, entry } = await start({ LOG_FORMAT: 'json' });
    const cause = Object.assign(new Error('Bad: ghp_secretsecret'), { response: {}, status: 401 });
    logger.error('It failed', new Error('outer', { cause }));
    expect(entry()).toMatchObject({ level: 'error', msg: 'It failed', context: 'Test' });
    expect(entry().error).toMatch(/^Error: outer\n[\s\S]*Caused by Error with status 401/);
  });

  it('writes what LOG_LEVEL says', async () => {
    const { logger, written } = await start({ LOG_FORMAT: 'json', LOG_LEVEL: 'warn' });
    for (const level of ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] as const)
      logger[level](level);
    expect(written.map((line) => JSON.parse(line).level)).toEqual(['warn', 'error', 'fatal']);
  });

  it('escapes what controls a terminal or reorders text', async () => {
    const { logger, written, entry } = await start({ LOG_FORMAT: 'json' });
    const text = 'a\u001b[2J\u009b1m\u202eb';
    logger.log(text);
    expect(written.at(-1)).not.toMatch(/[\u009b\u202e]/);
    expect(entry().msg).toBe(text);
  });

  it('removes fields and texts that are secrets', async () => {
    const { logger, written } = await start({
      ...{ LOG_FORMAT: 'json', ADMIN_PASSWORD: 'say "friend" and enter' },
      METRICS_TOKEN: 'token-for-metrics',
    });
    logger.log('x', { password: 'p1p1p1', headers: { authorization: 'a1a1a1', cookie: 'c1c1c1' } });
    logger.log('say "friend" and enter, token-for-metrics');
    logger.log('GET https://me:hunter22@proxy.example failed with Bearer abc.def-ghi123');
    logger.log('ghs_0123456789abcdef github_pat_11AAAA_bbbb rc_0123456789abcdef');
    const all = written.join('');
    expect(all).not.toMatch(
      /p1p1|a1a1|c1c1|friend|for-metrics|hunter22|abc\.def|0123456789|11AAAA/,
    );
    expect(all).toContain('https://me:[removed]@proxy.example failed with Bearer [removed]');
  });
});

it('is one line of text for people', async () => {
  const { logger, written } = await start({ LOG_FORMAT: 'pretty' });
  logger.warn('Something\nhappened\u001b[2J', { seconds: 2 });
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(
    /^\[\d\d:\d\d:\d\d\.\d{3}\] WARN: \[Test\] Something \| happened \[2J \{"seconds":2\}\n$/,
  );
});

describe('the id of a request', () => {
  it.each(['4f0c1d3e-0000-4000-8000-000000000000', 'Root=1-67891233-abcdef', 'a'.repeat(128)])(
    'is taken as %s',
    (given) => expect(requestIdOf(given)).toBe(given),
  );

  it.each([undefined, '', ' ', 'a b', 'a"b', 'é', 'a\r\nb', 'a'.repeat(129)])(
    'is new for %j',
    (given) => expect(requestIdOf(given)).toMatch(/^[\da-f]{8}-[\da-f-]{27}$/),
  );
});

it('knows the secrets of the environment', () => {
  const config = loadConfig({
    SECRET_KEY: 'ab'.repeat(32),
    DATABASE_URL: 'mysql://root:db%20Secret@db/rollcall',
    REDIS_URL: 'redis://:redis%20Secret@redis',
    HTTPS_PROXY: 'http://me:proxySecret@proxy:3128',
  });
  const remove = secretsRemover(secretsOf(config));
  for (const secret of ['ab'.repeat(32), 'db Secret', 'redis Secret', 'redis%20Secret'])
    expect(remove(`{"msg":"x ${secret} y"}`)).toBe('{"msg":"x [removed] y"}');
});
