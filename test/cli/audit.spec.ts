import { expect, it } from 'vitest';
import { AuditChain } from '../../src/accounts/audit/audit-chain.entity.js';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { loadConfig } from '../../src/config/config.js';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { initialize } from '../../src/platform/database/open-data-source.js';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

it.each(ways)('audit verify finds what was changed in the database, $way', async (way) => {
  const { rollcall, connect, json, env } = await stage(way);
  await connect();
  const connected = await json(['audit', 'verify']);
  expect(connected.chains).toContainEqual({ teamId: 1, entries: 1, problem: null });
  const told = await rollcall(['audit', 'verify']);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('team 1: 1 entries, unchanged\n');

  const options = await dataSourceOptions(loadConfig(env).database, [AuditChain, AuditEntry]);
  const database = await initialize(createDataSource(options));
  const [entry] = await database.manager.findBy(AuditEntry, { teamId: 1 });
  expect(entry).toMatchObject({ actorKind: 'command', action: 'integration.connect' });
  expect(entry?.actorName).not.toBe('');
  await database.manager.update(AuditEntry, { teamId: 1 }, { subject: 'acne' });
  await database.destroy();
  const broken = await rollcall(['audit', 'verify']);
  expect(broken).toMatchObject({ code: 1, stderr: expect.stringMatching(oneLine) });
  expect(broken.stdout).toMatch(/^team 1: Entry number 1 \(id \d+\) was changed\.$/m);
});
