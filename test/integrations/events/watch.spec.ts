import { describe, expect, it, vi } from 'vitest';
import type { PageEvent } from '../../../src/integrations/events/integration-marks.js';
import {
  type Follower,
  IntegrationWatch,
} from '../../../src/integrations/events/integration-watch.js';
import { ChangeSignals } from '../../../src/platform/signals/change-signals.js';
import { beside } from '../../support/beside.js';
import { makeRun } from '../../support/make-run.js';
import { Redis } from '../../support/servers/redis.js';
import { type Service, startService, ways } from '../../support/service.js';
import { Signal } from '../../support/signal.js';
import { until } from '../../support/until.js';

/** An open page that collects what it is told. */
class OpenPage implements Follower {
  private readonly told: PageEvent[][] = [];
  private wake = new Signal();
  private readonly over = new Signal();
  readonly ended = this.over.given;
  readonly end = this.over.give;
  readonly leave: () => void;

  constructor({ app }: Service, integrationId: number) {
    this.leave = app.get(IntegrationWatch, { strict: false }).follow(integrationId, this);
  }

  readonly tell = (events: PageEvent[]): void => {
    this.told.push(events);
    this.wake.give();
  };

  /** What it is told next, or was told first. */
  async next(): Promise<PageEvent[]> {
    for (;;) {
      const events = this.told.shift();
      if (events) return events;
      await this.wake.given;
      this.wake = new Signal();
    }
  }
}

/** As a worker does with each beat. */
const moveOn = ({ dataSource }: Service, runId: number): Promise<unknown> =>
  dataSource.query(`UPDATE member_sync_runs SET done = done + 1 WHERE id = ${runId}`);

const signalsOf = ({ app }: Service): ChangeSignals => app.get(ChangeSignals, { strict: false });

/** The looks from now on. */
function looksOf({ dataSource }: Service) {
  const statements = vi.spyOn(dataSource.logger, 'logQuery');
  return () => statements.mock.calls.filter(([sql]) => sql.includes('newest'));
}

describe.each(ways)('the watch of integrations, $way', (way) => {
  it('looks at most once a second, with one statement for all pages, and not at all without', async () => {
    const service = await startService({ ...way, consumes: false });
    const [run, other] = [await makeRun(service, 'running'), await makeRun(service, 'running')];
    const looks = looksOf(service);
    const began = performance.now();
    const pages = Array.from(
      { length: 1_000 },
      (_, i) => new OpenPage(service, (i % 2 ? run : other).integrationId),
    );
    await Promise.all(pages.map((page) => page.next()));
    const [, page] = pages;
    for (let i = 0; i < 3; i++) {
      await moveOn(service, run.id);
      signalsOf(service).send(run.integrationId);
      expect(await page?.next()).toEqual(['run']);
    }
    const seconds = (performance.now() - began) / 1_000;
    expect(looks().length).toBeGreaterThan(3);
    expect(looks().length).toBeLessThanOrEqual(1 + seconds);

    for (const { leave } of pages) leave();
    const before = looks().length;
    signalsOf(service).send(run.integrationId);
    await new OpenPage(service, other.integrationId).next();
    expect(looks().length).toBe(before + 1);
  }, 60_000);

  it('reads by indexes alone', async () => {
    const service = await startService({ ...way, consumes: false });
    const { integrationId } = await makeRun(service, 'complete');
    const looks = looksOf(service);
    await new OpenPage(service, integrationId).next();
    const [[sql, parameters] = []] = looks();
    const explain = way.dialect === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN';
    const plan: { detail?: string; type?: string; Extra?: string }[] =
      await service.dataSource.query(`${explain} ${sql}`, parameters);
    expect(plan.length).toBeGreaterThan(3);
    const steps = plan.map(
      ({ detail = '', type = '', Extra = '' }) => `${type} ${detail} ${Extra}`,
    );
    expect(steps.filter((step) => /SCAN|^ALL|^index |filesort|TEMP B-TREE/.test(step))).toEqual([]);
  });

  it('ends the pages of an integration that was deleted', async () => {
    const service = await startService({ ...way, consumes: false });
    const { integrationId } = await makeRun(service, 'complete');
    const page = new OpenPage(service, integrationId);
    await page.next();
    await service.dataSource.query(`DELETE FROM github_integrations WHERE id = ${integrationId}`);
    await page.ended;
  });
});

describe.runIf(ways.length > 1)('with Redis', () => {
  const scaled = { dialect: 'mysql', bull: true, consumes: false } as const;

  it('a signal reaches every process', async () => {
    const service = await startService(scaled);
    const other = await beside(service);
    const heard = new Signal();
    signalsOf(other).listen((id) => id === 7 && heard.give());
    await until(async () => {
      signalsOf(service).send(7);
      return Promise.race([heard.given.then(() => true), new Promise(setImmediate)]);
    });
  });

  it('away, pages follow all the same, and signals come again afterwards', async () => {
    const redis = await Redis.start();
    const service = await startService({
      ...scaled,
      env: { REDIS_URL: redis.url },
      override: (builder) => builder,
    });
    const run = await makeRun(service, 'running');
    const page = new OpenPage(service, run.integrationId);
    await page.next();
    await redis.kill();
    await moveOn(service, run.id);
    signalsOf(service).send(run.integrationId);
    expect(await page.next()).toEqual(['run']);
    await redis.restart();
    const heard = new Signal();
    signalsOf(service).listen((id) => id === 7 && heard.give());
    await until(async () => {
      signalsOf(service).send(7);
      return Promise.race([heard.given.then(() => true), new Promise(setImmediate)]);
    });
    await redis.stop();
  }, 60_000);
});
