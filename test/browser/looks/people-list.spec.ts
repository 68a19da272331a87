import { expect, it } from 'vitest';
import { Member } from '../../../src/members/member.entity.js';
import { insertRows } from '../../../src/platform/database/insert-rows.js';
import { look } from '../../support/looks.js';
import { makeRun } from '../../support/make-run.js';
import { enter } from '../../support/visitor.js';
import { startWeb } from '../../support/web.js';

const NOW = new Date('2026-01-01T00:00:00.000Z');

const LONG = 'somebody.with-a-very-long-address-indeed@subsidiary.northwind.example';

const LIST = [
  'email,name,github_login,status,end_date',
  'ada@example.com,Ada Lovelace,u1,left,2026-03-31',
  'bob@example.com,Bob,u2,,',
  'twin@example.com,Twin,,,',
  'weak@example.com,,,,',
  `${LONG},A name that is as long as somebody may have it on a list of people,,,`,
].join('\n');

it('the people list, and who is who', async () => {
  const service = await startWeb();
  const visitor = await enter(service);
  const { integrationId } = await makeRun(service, 'complete');
  const email: Record<number, string> = { 3: 'twin@example.com', 4: 'twin@example.com' };
  const members = Array.from({ length: 7 }, (_, i) => ({
    ...{ integrationId, githubId: i, nodeId: `n${i}`, login: `u${i}`, loginKey: `u${i}` },
    ...{ name: `User ${i}`, nameKey: `user ${i}`, avatarUrl: '', role: 'member' as const },
    ...{ email: i === 5 ? 'weak@example.com' : (email[i] ?? ''), status: 'active' as const },
    ...{ present: true, joinedAt: NOW, updatedAt: NOW },
  }));
  await insertRows(service.dataSource.manager, Member, members);
  const { page } = visitor;
  const send = async (content: string) => {
    await page.goto('/people-list');
    const buffer = Buffer.from(content);
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer };
    await page.getByLabel('CSV or JSON file').setInputFiles(file);
    await page.getByRole('button', { name: /^(Send|Replace)$/ }).click();
  };
  await look(visitor, {
    'people-list-none': '/people-list',
    'matches-none': '/people-list/matches',
    'people-list-wrong': async () => {
      await send(`email\n${'nobody\n'.repeat(30)}`);
      await page.getByRole('alert').waitFor();
    },
    'people-list': async () => {
      await send(LIST);
      await page.getByText('Version 1 of the list is taken.').waitFor();
    },
    matches: async () => {
      await page.goto('/people-list/matches');
      await page.getByText('Choose by hand').last().click();
    },
    'matches-chosen': async () => {
      await page.goto('/people-list/matches?category=ambiguous');
      await page.getByLabel('Who twin@example.com is on GitHub').selectOption({ index: 1 });
      await page.getByRole('button', { name: 'Choose' }).click();
      await page.getByText('The choice is kept.').waitFor();
    },
    'matches-by-hand': '/people-list/matches?search=twin',
  });
  await page.getByRole('button', { name: 'Take the choice back' }).click();
  await page.getByText('The choice is taken back.').waitFor();
  await page.goto('/people-list/matches?category=not_on_github');
  await page.getByText('Choose by hand').click();
  await page.getByLabel(`Login of ${LONG} on GitHub`).fill('u6');
  await page.getByRole('button', { name: 'Choose' }).click();
  await page.getByText('The choice is kept.').waitFor();
  await page.goto('/people-list/matches?category=matched');
  expect(await page.getByText(LONG).count()).toBe(1);
}, 120_000);
