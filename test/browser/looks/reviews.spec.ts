import { it } from 'vitest';
import { GithubIntegration } from '../../../src/integrations/connections/github-integration.entity.js';
import { Member } from '../../../src/members/member.entity.js';
import { insertRows } from '../../../src/platform/database/insert-rows.js';
import { look } from '../../support/looks.js';
import { makeRun } from '../../support/make-run.js';
import { enter } from '../../support/visitor.js';
import { startWeb } from '../../support/web.js';

const NOW = new Date('2026-01-01T00:00:00.000Z');

const LONG =
  'A name that is as long as somebody may have it on a list of people of an organization';

it('access reviews, from the start to the evidence', async () => {
  const service = await startWeb();
  const visitor = await enter(service);
  const { integrationId } = await makeRun(service, 'complete');
  const { manager } = service.dataSource;
  await manager.update(GithubIntegration, { id: integrationId }, { organizationLogin: 'acme' });
  const members = Array.from({ length: 7 }, (_, i) => ({
    ...{ integrationId, githubId: i + 1, nodeId: `n${i}`, login: `u${i}`, loginKey: `u${i}` },
    ...{ name: i === 1 ? LONG : `User ${i}`, nameKey: '', avatarUrl: '', email: '' },
    ...{ role: i === 0 ? ('admin' as const) : ('member' as const), status: 'active' as const },
    ...{ twoFactorEnabled: i > 2, samlNameId: i === 1 ? `${'u'.repeat(60)}@example.com` : null },
    ...{ present: true, joinedAt: NOW, updatedAt: NOW },
  }));
  await insertRows(manager, Member, members);
  const { page } = visitor;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  await look(visitor, {
    'reviews-none': '/reviews',
    'reviews-wrong': async () => {
      await page.goto('/reviews');
      await page.getByLabel('Name').fill('First quarter');
      await page.getByLabel('Last day for decisions').fill('2020-01-01');
      await press('Start');
      await page.getByText('is no day from today on').waitFor();
    },
    review: async () => {
      await page.goto('/reviews');
      await page.getByLabel('Name').fill('First quarter');
      await page.getByLabel('Last day for decisions').fill('2100-03-31');
      await press('Start');
      await page.getByText('The review of 7 people has started.').waitFor();
    },
    reviews: '/reviews',
    'review-chosen': async () => {
      await page.goto('/reviews/1');
      await page.getByLabel('Choose u1').check();
      await page.getByLabel('Choose u2').check();
    },
    'review-decided': async () => {
      await page.getByLabel('Reason for the chosen rows').fill('Left the company in January');
      await press('Remove the chosen rows');
      await page.getByText('2 rows are decided.').waitFor();
    },
    'review-no-reason': async () => {
      await page.goto('/reviews/1?decision=undecided');
      await press('Question all rows of this filter');
      await page.getByText('needs a reason').waitFor();
    },
    'review-all-decided': async () => {
      await page.goto('/reviews/1?decision=undecided');
      await press('Keep all rows of this filter');
      await page.getByText('5 rows are decided.').waitFor();
    },
    'review-closed': async () => {
      await page.goto('/reviews/1');
      await press('Close the review');
      await page.getByText('The review is closed.').waitFor();
    },
    'review-evidence': '/reviews/1/evidence',
  });
}, 120_000);
