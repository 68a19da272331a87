import { it } from 'vitest';
import { GithubIntegration } from '../../../src/integrations/connections/github-integration.entity.js';
import { afterLeaving } from '../../pages/support/pages.js';
import { look } from '../../support/looks.js';
import { makePastRuns } from '../../support/past-runs.js';
import { syncToEnd } from '../../support/runs.js';
import { enter } from '../../support/visitor.js';
import { startWeb } from '../../support/web.js';

const DAY_MS = 86_400_000;

it('an overview and an audit log, full and empty', async () => {
  const { service, integration, admin, of, runs, run } = await afterLeaving(8);
  const start = Date.now() - 40 * DAY_MS;
  await makePastRuns(
    service,
    integration.id,
    Array.from({ length: 30 }, (_, day) => ({
      at: new Date(start + day * DAY_MS),
      active: 12 + (day % 9),
    })),
  );
  await syncToEnd(service, integration.id);
  await service.dataSource.manager.update(
    GithubIntegration,
    { id: integration.id },
    { nextSyncAt: new Date(Date.now() + 1_800_000) },
  );
  await admin.post(`${runs}/${run.id}/removals`, { decision: 'reject' });
  await admin.post(`${of}/settings`, { holdAbovePeople: '7', keepDays: '90' });
  await admin.post('/api-tokens', { name: 'nightly report', access: 'read', days: '30' });
  await look(await enter(service), {
    overview: '/',
    audit: '/audit',
    'audit-details': async (page) => {
      await page.goto('/audit');
      await page.getByText('Details').first().click();
    },
    'audit-nothing': '/audit?actor=nobody&since=2026-01-01',
  });
  const empty = await startWeb();
  await look(await enter(empty), { 'overview-empty': '/' });
}, 120_000);
