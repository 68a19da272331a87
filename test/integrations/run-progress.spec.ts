import { describe, expect, it } from 'vitest';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { requestSync, startConnected } from '../support/runs.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };

describe.each(ways)('the progress of a run, $way', (way) => {
  it('tells how many are written, at every moment, also where GitHub does not say how long its list is', async () => {
    const { service, integration, simulator } = await startConnected(4_150, way);
    const { manager } = service.dataSource;
    simulator.faults.on(MEMBER_PAGES, ALWAYS).change((answer) => {
      const link = answer.headers?.link?.replace(/, <[^>]*>; rel="last"/, '') ?? '';
      return { ...answer, headers: { ...answer.headers, link } };
    });
    const { id } = await requestSync(service, integration.id);
    const seen = new Set<number>();
    const last = await until(async () => {
      const [row] = await manager.query(
        `SELECT state, phase, done, total, (SELECT COUNT(*) FROM members) AS members FROM member_sync_runs WHERE id = ${id}`,
      );
      expect(Number(row.done)).toBe(Number(row.members));
      if (row.state === 'running') expect(row.phase).not.toBeNull();
      if (row.done > 0) expect(row.total).toBe(4_150);
      seen.add(Number(row.done));
      return row.state === 'running' || row.state === 'queued' ? undefined : row;
    });
    expect(last).toMatchObject({ state: 'complete', phase: 'identities', done: 4_150 });
    expect(seen.size).toBeGreaterThan(2);
  });

  it('says that GitHub does not answer, until it does', async () => {
    const { service, integration, simulator } = await startConnected(3, way);
    const { manager } = service.dataSource;
    const isSilent = (githubSilent: boolean, state: 'running' | 'complete') =>
      until(() => manager.existsBy(MemberSyncRun, { githubSilent, state }));
    simulator.faults.on(MEMBER_PAGES, ALWAYS).status(502);
    await requestSync(service, integration.id);
    await isSilent(true, 'running');
    simulator.faults.clear();
    await isSilent(false, 'complete');
  });
});
