import { describe, expect, it } from 'vitest';
import { AuditChain } from '../../src/accounts/audit/audit-chain.entity.js';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { auditHash } from '../../src/accounts/audit/audit-hash.js';
import { AuditRetention } from '../../src/accounts/audit/audit-retention.js';
import { asSender } from '../../src/accounts/audit/audit-sender.js';
import { AuditVerification } from '../../src/accounts/audit/audit-verification.js';
import { recordAudit } from '../../src/accounts/audit/record-audit.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { startService, ways } from '../support/service.js';

const ADA = { kind: 'user', name: 'ada@example.com', teamId: 1, address: '203.0.113.7' } as const;

async function start(way: object) {
  const { app, dataSource } = await startService(way);
  const { manager } = dataSource;
  const record = (subject: string, teamId = 1) =>
    asSender({ ...ADA }, () =>
      inTransaction(dataSource, (manager) =>
        recordAudit(manager, { teamId, action: 'member.disable', subject, after: { subject } }),
      ),
    );
  const problems = async () =>
    (await app.get(AuditVerification, { strict: false }).verify()).flatMap(({ teamId, problem }) =>
      problem && teamId === 1 ? [problem] : [],
    );
  const entries = () =>
    manager.find(AuditEntry, { where: { teamId: 1 }, order: { number: 'ASC' } });
  return { app, dataSource, manager, record, problems, entries };
}

describe.each(ways)('the audit log, $way', (way) => {
  it('gives entries that come at once one order, with a chain for each team', async () => {
    const { record, problems, entries } = await start(way);
    const subjects = Array.from({ length: 20 }, (_, n) => `person ${n}`);
    await Promise.all(subjects.flatMap((subject) => [record(subject), record(subject, 2)]));
    const written = await entries();
    expect(written.map(({ number }) => number)).toEqual(subjects.map((_, n) => n + 1));
    expect(written.map(({ subject }) => subject).sort()).toEqual(subjects.toSorted());
    expect(written[0]).toMatchObject({
      ...{ actorKind: 'user', actorName: ADA.name, address: ADA.address },
      action: 'member.disable',
    });
    expect(await problems()).toEqual([]);
  });

  it('has no entry of an action that did not happen', async () => {
    const { dataSource, entries, problems, record } = await start(way);
    const failing = inTransaction(dataSource, async (manager) => {
      await recordAudit(manager, { teamId: 1, action: 'member.disable', subject: 'nobody' });
      throw new Error('The action failed.');
    });
    await expect(failing).rejects.toThrow('The action failed.');
    await record('somebody');
    expect((await entries()).map(({ subject }) => subject)).toEqual(['somebody']);
    expect(await problems()).toEqual([]);
  });

  it('keeps what is too long in whole characters, which can be verified', async () => {
    const { record, entries, problems } = await start(way);
    await record(`${'a'.repeat(299)}\u{1F600}`);
    expect((await entries())[0]?.subject).toBe(`${'a'.repeat(299)}\ufffd`);
    expect(await problems()).toEqual([]);
  });

  it('shows where an entry was changed, removed or put in', async () => {
    const { manager, record, problems, entries } = await start(way);
    for (const subject of ['one', 'two', 'three', 'four']) await record(subject);
    const [first, second, , last] = await entries();
    if (!first || !second || !last) throw new Error('There are too few entries.');

    await manager.update(AuditEntry, { id: second.id }, { actorName: 'bob@example.com' });
    expect(await problems()).toEqual([`Entry number 2 (id ${second.id}) was changed.`]);
    const forged = { ...second, actorName: 'bob@example.com' };
    const hash = auditHash(first.hash, forged);
    await manager.update(AuditEntry, { id: second.id }, { hash });
    expect((await problems())[0]).toMatch(/^Entry number 3 .* was changed\.$/);
    await manager.update(
      AuditEntry,
      { id: second.id },
      { actorName: second.actorName, hash: second.hash },
    );
    expect(await problems()).toEqual([]);

    await manager.delete(AuditEntry, { id: last.id });
    expect(await problems()).toEqual(['Entries after number 3 are missing.']);
    await manager.save(manager.create(AuditEntry, last));
    expect(await problems()).toEqual([]);
    await manager.save(manager.create(AuditEntry, { ...last, id: 999, number: 5 }));
    expect((await problems())[0]).toMatch(/^Entry number 5 .* was changed\.$/);
    await manager.delete(AuditEntry, { id: 999 });
    await manager.delete(AuditEntry, { id: first.id });
    expect(await problems()).toEqual(['Entry number 1 is missing.']);
    await manager.save(manager.create(AuditEntry, first));
    await manager.delete(AuditChain, { teamId: 1 });
    expect(await problems()).toEqual(['The end of the chain is missing.']);
  });

  it('can be verified after old entries were removed', async () => {
    const { app, manager, record, problems, entries } = await start(way);
    for (const subject of ['one', 'two', 'three']) await record(subject);
    const long = new Date(Date.now() + 731 * 86_400_000);
    const retention = app.get(AuditRetention, { strict: false });
    await retention.prune(new Date());
    expect(await entries()).toHaveLength(3);
    const [first] = await entries();
    await manager.update(AuditEntry, { id: first?.id }, { subject: 'changed' });
    expect(await problems()).toHaveLength(1);
    await manager.update(AuditEntry, { id: first?.id }, { subject: 'one' });
    await retention.prune(long);
    const [removal, ...others] = await entries();
    expect(others).toEqual([]);
    expect(removal).toMatchObject({
      ...{ number: 4, actorKind: 'server', action: 'retention.audit', subject: 'audit log' },
      after: { entries: 3, before: expect.stringMatching(/T00:00:00.000Z$/) },
    });
    expect(await problems()).toEqual([]);
    await record('four');
    expect((await entries()).map(({ number }) => number)).toEqual([4, 5]);
    expect(await problems()).toEqual([]);
  });
});
