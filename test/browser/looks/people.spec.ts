import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { User } from '../../../src/accounts/users/user.entity.js';
import { launchBrowser } from '../../support/browser.js';
import { look } from '../../support/looks.js';
import { enter, openWindow } from '../../support/visitor.js';
import { somebody, startWeb } from '../../support/web.js';
import { WebClient } from '../../support/web-client.js';

const LONG = 'somebody.with-a-very-long-address-indeed@subsidiary.northwind.example';

it('the users of a team, and invitations', async () => {
  const service = await startWeb();
  const visitor = await enter(service);
  await somebody(service, { email: LONG, role: 'member' });
  await somebody(service, { email: 'known@example.com', team: 'blue' });
  const invite = async (page: Page, email: string) => {
    await page.goto('/users');
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Create the link' }).click();
  };
  const links: string[] = [];
  const keepLink = async (page: Page) => {
    links.push(await page.getByLabel('The invitation link').inputValue());
  };
  await look(visitor, {
    'users-fault': (page) => invite(page, 'nobody'),
    'users-invited': async (page) => {
      await invite(page, 'known@example.com');
      await keepLink(page);
      await invite(page, `new.${LONG}`);
      await keepLink(page);
    },
    users: '/users',
    user: (page) => page.getByRole('link', { name: `Manage ${LONG}` }).click(),
    'user-remove': (page) => page.getByRole('link', { name: 'Remove' }).click(),
    'user-last-admin': async (page) => {
      await page.goto('/users');
      await page.getByRole('link', { name: 'Manage admin@default.example' }).click();
      await page.getByLabel('Role').selectOption('member');
      await page.getByRole('button', { name: 'Change role' }).click();
      await page.getByRole('alert').waitFor();
    },
    'invitation-other': (page) => page.goto(links[0] ?? ''),
  });
  const stranger = await openWindow(await launchBrowser(), service.url);
  await look(stranger, {
    'invitation-sign-in': (page) => page.goto(links[0] ?? ''),
    'invitation-new': (page) => page.goto(links[1] ?? ''),
    'invitation-weak-password': async (page) => {
      await page.getByLabel('Password').fill('short');
      await page.getByRole('button', { name: 'Join the team' }).click();
      await page.getByRole('alert').waitFor();
    },
    'invitation-unknown': '/invitations/unknown',
  });
}, 120_000);

it("one's own account", async () => {
  const service = await startWeb();
  const visitor = await enter(service, { person: { email: LONG } });
  await new WebClient(service.url).post('/sign-in', await somebody(service, { email: LONG }));
  await look(visitor, {
    account: '/account',
    'account-password': '/account/password',
    'account-password-wrong': async (page) => {
      await page.getByLabel('Present password').fill('wrong');
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.getByRole('alert').waitFor();
    },
    'account-password-generated': async (page) => {
      await service.dataSource.manager.update(User, { email: LONG }, { mustChangePassword: true });
      await page.goto('/integrations');
    },
  });
  expect(visitor.page.url()).toMatch(/\/account\/password$/);
}, 120_000);

it('the teams of an instance', async () => {
  const service = await startWeb();
  const visitor = await enter(service);
  const email = 'admin@default.example';
  await service.dataSource.manager.update(User, { email }, { instanceAdmin: true });
  await somebody(service, { team: 'a-team-with-a-name-that-is-as-long-as-it-may-be-in-all-of-it' });
  await look(visitor, {
    teams: '/teams',
    'teams-made': async (page) => {
      await page.getByLabel('Name', { exact: true }).fill('blue');
      await page.getByLabel('Email of its first admin').fill('grace@example.com');
      await page.getByRole('button', { name: 'Make the team' }).click();
      await page.getByLabel('The invitation link').waitFor();
    },
    'team-empty': async (page) => {
      await page.goto('/teams');
      await page.getByRole('link', { name: 'Manage blue' }).click();
      await page.getByRole('heading', { name: 'Invite its first admin' }).waitFor();
    },
    'team-empty-made': async (page) => {
      await page.getByLabel('Email').fill('ada@example.com');
      await page.getByRole('button', { name: 'Make the link' }).click();
      await page.getByLabel('The invitation link').waitFor();
    },
    team: async (page) => {
      await page.goto('/teams');
      await page.getByRole('link', { name: 'Manage a-team' }).click();
    },
    'team-delete': (page) => page.getByRole('link', { name: 'Delete' }).click(),
    'team-delete-wrong': async (page) => {
      await page.getByLabel('Type a-team').fill('another');
      await page.getByRole('button', { name: 'Delete the team' }).click();
      await page.getByRole('alert').waitFor();
    },
  });
}, 120_000);
