import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { IntegrationConnector } from '../../src/integrations/integration-connector.service.js';
import { demoWorld } from '../../src/simulator/demo-organization.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { launchBrowser, screenshot } from '../support/browser.js';
import { finished, requestSync, syncToEnd } from '../support/runs.js';
import { startGithub } from '../support/service.js';
import { visit } from '../support/visitor.js';
import { signedIn, startWeb, type WebService } from '../support/web.js';

const looks: Record<string, BrowserContextOptions> = {
  light: { viewport: { width: 1280, height: 800 } },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  narrow: { viewport: { width: 320, height: 640 } },
};

const SIGN_IN = { email: 'admin@default.example', password: 'correct horse battery' };

type Pages = Record<string, string | ((page: Page) => Promise<void>)>;

/** Looks at pages in each look, keeps a picture of every one, and expects that nothing is wider than the screen. */
async function visitors(service: WebService): Promise<(pages: Pages) => Promise<void>> {
  await signedIn(service);
  const browser = await launchBrowser();
  const opened = Object.entries(looks).map(async ([name, options]) => ({
    name,
    ...(await visit(browser, service.url, SIGN_IN, options)),
  }));
  const all = await Promise.all(opened);
  return async (pages) => {
    for (const { name, page, complaints } of all) {
      for (const [title, open] of Object.entries(pages))
        await lookAt(page, `${title}-${name}`, open);
      expect(complaints.filter((one) => !one.includes('status of 422'))).toEqual([]);
    }
  };
}

async function lookAt(page: Page, title: string, open: Pages[string]): Promise<void> {
  if (typeof open === 'string') await page.goto(open);
  else await open(page);
  await screenshot(page, `pages/${title}`);
  const tooWide = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(tooWide, title).toBeLessThanOrEqual(0);
}

it('with nothing connected, and on the way there', async () => {
  const { simulator, world, owner, token } = await startGithub();
  for (const login of ['northwind-labs', 'a-name-that-is-as-long-as-github-allows'])
    world.addOrganization({ login }).join(owner);
  const service = await startWeb({ env: { GITHUB_API_URL: simulator.url } });
  const look = await visitors(service);
  await look({
    'integrations-none': '/integrations',
    'onboarding-1-token': '/onboarding',
    'onboarding-2-refused': async (page) => {
      await page.goto('/onboarding');
      await page.getByLabel('Token').fill('ghp_wrong');
      await page.getByRole('button', { name: 'Check the token' }).click();
      await page.getByRole('alert').waitFor();
    },
    'onboarding-3-organizations': async (page) => {
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Check the token' }).click();
      await page.getByRole('heading', { name: 'Choose the organization' }).waitFor();
    },
  });
});

it.each([1, 10_000])(
  'with %i members, in every status',
  async (members) => {
    const { world, organization, token } = demoWorld({ members });
    const simulator = await Simulator.start({ world });
    onTestFinished(() => simulator.stop());
    const service = await startWeb({ env: { GITHUB_API_URL: simulator.url } });
    const look = await visitors(service);
    const connector = service.app.get(IntegrationConnector, { strict: false });
    const request = { teamId: 1, organization: organization.login, token };
    const { id } = (await connector.connect(request)).integration;
    const page = `/integrations/github/${id}/members`;
    const runs = `/integrations/github/${id}/runs`;
    await look({ [`members-${members}-1-pending`]: page, [`runs-${members}-none`]: runs });

    const last = members > 100 ? { after: members / 100 - 10, times: 10 } : {};
    const held = simulator.faults.on(MEMBER_PAGES, last).hold();
    const run = await requestSync(service, id);
    await held.arrived;
    await look({
      [`members-${members}-2-syncing`]: page,
      [`run-${members}-running`]: `${runs}/${run.id}`,
    });
    held.release();
    await finished(service, run.id);
    await look({
      [`integrations-${members}`]: '/integrations',
      [`members-${members}-3-complete`]: page,
      [`members-${members}-nobody-found`]: `${page}?q=nobody`,
      [`run-${members}-complete`]: `${runs}/${run.id}`,
    });

    world.revokeToken(token);
    const failed = await syncToEnd(service, id);
    await look({
      [`members-${members}-4-error`]: page,
      [`run-${members}-error`]: `${runs}/${failed.id}`,
      [`runs-${members}`]: runs,
    });
  },
  300_000,
);
