import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import type { EvidenceResponse } from '../../src/api/access-reviews/evidence.response.js';
import { AccessReviewItem } from '../../src/reviews/access-reviews/access-review-item.entity.js';
import { connected } from '../api/support/api.js';
import { finishedRun } from '../api/support/runs.js';
import { testEnvironment, ways } from '../support/service.js';
import { runInProcess } from './support/in-process.js';

/** A closed review of `acme`, with a file of its evidence. */
async function stage(way?: (typeof ways)[number]) {
  const variables = await testEnvironment(way ?? {});
  const started = await connected({ ...way, env: variables });
  const { api, id, dataSource } = started;
  await finishedRun(api, id);
  const path = '/api/v1/reviews';
  await api.post(path, { name: 'Q1', integrationIds: [id], dueOn: '2100-03-31' });
  await api.patch(`${path}/1/items`, { decision: 'keep', filter: {} });
  await api.post(`${path}/1/close`);
  const evidence = (await api.get<EvidenceResponse>(`${path}/1/evidence`)).body;
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-review-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'evidence.json');
  await writeFile(file, JSON.stringify(evidence, null, 2));
  const env = variables as Record<string, string>;
  const verify = (...args: string[]) => runInProcess(['review', 'verify', file, ...args], { env });
  return { evidence, file, folder, env, verify, manager: dataSource.manager };
}

it.each(ways)('evidence is verified with the file and the database, $way', async (way) => {
  const { evidence, file, verify, manager } = await stage(way);
  expect(await verify()).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: [
      `Review 1, Q1: 3 rows, SHA-256 ${evidence.sha256}`,
      'The file is unchanged.',
      'The database and the audit log have the same.\n',
    ].join('\n'),
  });
  const { stdout } = await verify('--json', '--file-only');
  expect(JSON.parse(stdout)).toEqual({
    ...{ review: { id: 1, name: 'Q1' }, rows: 3, sha256: evidence.sha256 },
    ...{ file: 'unchanged', database: 'not_compared', problems: [] },
  });

  await manager.update(AccessReviewItem, { reviewId: 1 }, { reason: 'changed' });
  const changedRows = await verify();
  expect([changedRows.code, changedRows.stdout]).toEqual([
    1,
    expect.stringContaining('The review was changed in the database after it was closed.'),
  ]);
  await manager.update(AccessReviewItem, { reviewId: 1 }, { reason: '' });
  await manager.update(AuditEntry, { action: 'review.close' }, { after: { sha256: 'x' } });
  expect((await verify()).stdout).toMatch(/The audit log was changed\. .*\n.*another hash/);

  await writeFile(file, JSON.stringify({ ...evidence, items: evidence.items.slice(1) }));
  expect(await verify('--file-only')).toMatchObject({
    ...{ code: 1, stdout: expect.stringContaining('The file was changed') },
    stderr: 'rollcall: The evidence does not hold.\n',
  });
});

it('a file that is no evidence, or of another database, is refused', async () => {
  const { file, folder, env, verify, evidence } = await stage();
  await writeFile(file, JSON.stringify({ ...evidence, review: { ...evidence.review, id: 7 } }));
  expect((await verify()).stdout).toContain('The database has no closed review 7.');
  for (const content of ['', '{}', '[1]']) {
    await writeFile(file, content);
    const { code, stderr } = await verify();
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/ is no evidence of an access review/),
    ]);
  }
  const missing = await runInProcess(['review', 'verify', join(folder, 'none.json')], { env });
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/cannot be read/)]);
  expect((await runInProcess(['review', 'verify'], { env })).code).toBe(2);
});
