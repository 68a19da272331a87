import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { SignInLinks } from '../../../src/accounts/sign-in/sign-in-links.js';
import { Membership } from '../../../src/accounts/users/membership.entity.js';
import { launchBrowser } from '../../support/browser.js';
import { startGithubWithApp } from '../../support/github-apps.js';
import { look } from '../../support/looks.js';
import { startGithub } from '../../support/service.js';
import { enter, openWindow } from '../../support/visitor.js';
import { somebody, startWeb } from '../../support/web.js';
import { WebClient } from '../../support/web-client.js';

const ANYTHING = /./;

async function signInAs(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
}

it('signing in, and being refused', async () => {
  const service = await startWeb();
  const { email } = await somebody(service);
  const stranger = await openWindow(await launchBrowser(), service.url);
  await look(stranger, {
    'sign-in': '/sign-in',
    'sign-in-wrong': (page) => signInAs(page, email),
    'sign-in-too-many': async (page) => {
      const client = new WebClient(service.url);
      for (let i = 0; i < 10; i++) await client.post('/sign-in', { email, password: 'wrong' });
      await signInAs(page, email);
    },
    'error-403-other-site': async (page) => {
      await page.goto('about:blank');
      await page.setContent(
        `<form method="post" action="${service.url}/sign-in"><button>Go</button>`,
      );
      await page.getByRole('button').click();
      await page.getByText('403').waitFor();
    },
  });
  await look(await enter(service, { person: { role: 'member' } }), {
    'error-403': '/onboarding',
    'error-404': '/nowhere',
    'integrations-none-as-member': '/integrations',
    'error-500': async (page) => {
      await service.dataSource.query('ALTER TABLE github_integrations RENAME TO gone');
      await page.goto('/integrations');
      await service.dataSource.query('ALTER TABLE gone RENAME TO github_integrations');
    },
  });
}, 120_000);

it('signing in where it cannot work', async () => {
  const behindProxy = await startWeb({ env: { PUBLIC_URL: 'https://rollcall.example.org' } });
  await look(await openWindow(await launchBrowser(), behindProxy.url), {
    'sign-in-without-https': '/sign-in',
  });
  const service = await startWeb();
  const visitor = await enter(service);
  await service.dataSource.manager.delete(Membership, { teamId: 1 });
  await look(visitor, { 'sign-in-no-team': '/' });
}, 60_000);

it('signing in with single sign-on', async () => {
  const provider = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'rollcall' };
  const env = { ...provider, OIDC_CLIENT_SECRET: 'secret' };
  const [browser, both] = [await launchBrowser(), await startWeb({ env })];
  await look(await openWindow(browser, both.url), {
    'sign-in-single-sign-on': '/sign-in',
    'sign-in-provider-away': '/sign-in/oidc',
  });
  const alone = await startWeb({ env: { ...env, PASSWORD_SIGN_IN: 'false' } });
  const { email } = await somebody(alone);
  const { code } = await alone.app.get(SignInLinks, { strict: false }).make(email);
  await look(await openWindow(browser, alone.url), {
    'sign-in-without-passwords': '/sign-in',
    'sign-in-session-refused': '/sign-in?ended=sso_session_refused&next=%2Fintegrations',
    'sign-in-link': `/sign-in/link/${code}`,
    'sign-in-link-wrong': '/sign-in/link/wrong',
  });
}, 60_000);

it('signing in with GitHub', async () => {
  const github = await startGithubWithApp();
  const [browser, service] = [await launchBrowser(), await startWeb({ env: github.env })];
  await look(await openWindow(browser, service.url), {
    'sign-in-github': '/sign-in',
    // Nobody has connected an organization, so the owner of `acme` is a member of none.
    'sign-in-github-refused': '/sign-in/github',
  });
  const provider = { OIDC_ISSUER: 'http://127.0.0.1:1', OIDC_CLIENT_ID: 'rollcall' };
  const env = { ...github.env, ...provider, OIDC_CLIENT_SECRET: 'secret' };
  const both = await startWeb({ env });
  await look(await openWindow(browser, both.url), { 'sign-in-all-ways': '/sign-in' });
  const alone = await startWeb({ env: { ...env, PASSWORD_SIGN_IN: 'false' } });
  await look(await openWindow(browser, alone.url), { 'sign-in-two-providers': '/sign-in' });
}, 60_000);

it('connecting the first organization', async () => {
  const { simulator, world, owner, token } = await startGithub();
  for (const login of ['northwind-labs', 'a-name-that-is-as-long-as-github-allows'])
    world.addOrganization({ login }).join(owner);
  const service = await startWeb({ env: { GITHUB_API_URL: simulator.url } });
  const check = async (page: Page, typed: string) => {
    await page.goto('/onboarding');
    await page.getByLabel('Token').fill(typed);
    await page.getByRole('button', { name: 'Continue' }).click();
  };
  await look(await enter(service), {
    'integrations-none': '/integrations',
    'onboarding-1-token': '/onboarding',
    'onboarding-2-refused': async (page) => {
      await check(page, 'ghp_wrong');
      await page.getByRole('alert').waitFor();
    },
    'onboarding-3-github-down': async (page) => {
      const down = simulator.faults.on(ANYTHING, { times: Infinity }).status(503);
      await check(page, token);
      await page.getByRole('alert').waitFor();
      down.remove();
    },
    'onboarding-4-organizations': async (page) => {
      await check(page, token);
      await page.getByRole('heading', { name: 'Choose the organization' }).waitFor();
    },
    'onboarding-5-token-waits': '/onboarding',
    'onboarding-6-refused-organization': async (page) => {
      await page.goto('/onboarding/organizations');
      await page.getByLabel('Or enter its name').fill('somebody-else');
      await page.getByRole('button', { name: 'Connect by name' }).click();
      await page.getByRole('alert').waitFor();
    },
  });
}, 120_000);

it('connecting by a GitHub App, or the demo organization', async () => {
  const github = await startGithubWithApp();
  const startDemo = () => Promise.reject(new Error('Nobody asked for it.'));
  const service = await startWeb({ env: github.env, startDemo });
  await look(await enter(service), { 'onboarding-app-and-demo': '/onboarding' });
});

it('API tokens', async () => {
  const service = await startWeb();
  const visitor = await enter(service);
  const make = async (page: Page, name: string) => {
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Create token' }).click();
  };
  await look(visitor, {
    'api-tokens-none': '/api-tokens',
    'api-tokens-fault': (page) => make(page, ''),
    'api-tokens-made': async (page) => {
      await make(page, 'The nightly export to the warehouse');
      await page.getByText('be shown again').waitFor();
    },
    'api-tokens': async (page) => {
      await make(page, 'A-name-without-a-space-that-is-as-long-as-somebody-cared-to-type-it');
      await page.goto('/api-tokens');
    },
    'api-tokens-revoke': (page) => page.getByRole('link', { name: 'Revoke The nightly' }).click(),
  });
  expect(visitor.page.url()).toMatch(/\/api-tokens\/\d+\/revoke$/);
}, 120_000);
