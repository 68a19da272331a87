import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { RunRetention } from '../../src/integrations/runs/run-retention.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { connect, reload, startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const DAY = 86_400_000;

describe.each(ways)('keeping, $way', (way) => {
  it('is decided for each integration, and else by the server', async () => {
    const { service, integration, world, owner, token } = await startConnected(3, {
      ...way,
      env: { KEEP_DAYS: '100' },
    });
    world.addOrganization({ login: 'beta' }).join(owner);
    const other = await connect(service, token, { organization: 'beta' });
    const { manager } = service.dataSource;
    await manager.update(GithubIntegration, { id: integration.id }, { keepDays: 10 });
    for (const { id } of [integration, other, integration, other]) await syncToEnd(service, id);
    const counts = (integrationId: number) =>
      Promise.all([
        manager.countBy(MemberSyncRun, { integrationId }),
        manager.countBy(MemberChange, { integrationId }),
      ]);
    const retention = service.app.get(RunRetention, { strict: false });
    const pruneIn = (days: number) => retention.prune(new Date(Date.now() + days * DAY));

    await pruneIn(9);
    expect([await counts(integration.id), await counts(other.id)]).toEqual([
      [2, 3],
      [2, 1],
    ]);
    await pruneIn(11);
    expect([await counts(integration.id), await counts(other.id)]).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect((await reload(service, other.id)).changesPrunedUntil).toBeNull();
    expect((await reload(service, integration.id)).changesPrunedUntil).not.toBeNull();
    await pruneIn(101);
    expect(await counts(other.id)).toEqual([1, 0]);
    expect(await counts(integration.id)).toEqual([1, 0]);
    const server = { actorKind: 'server', teamId: 1, action: 'retention.runs' };
    const before = expect.stringMatching(/T00:00:00.000Z$/);
    expect(await manager.findBy(AuditEntry, { action: 'retention.runs' })).toMatchObject([
      { ...server, subject: 'acme', after: { runs: 1, changes: 3, before } },
      { ...server, subject: 'beta', after: { runs: 1, changes: 1, before } },
    ]);
  });
});
