import { Controller, Get, Render } from '@nestjs/common';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PublicError } from '../../src/platform/public-error.js';
import { launchBrowser } from '../support/browser.js';
import { startWebApp, type WebApp } from './support/web-app.js';

const identity = {
  name: 'ada.of.the.analytical.engine@engineering.example.org',
  teamSlug: 'a-team-with-quite-a-name',
  role: 'admin',
};

let fails = true;

@Controller()
class PagesController {
  @Get('signed-in')
  @Render('errors/error')
  signedIn() {
    return { identity, status: 409, title: 'Title', message: 'Message', remedy: 'Remedy' };
  }

  @Get('sign-in')
  @Render('sign-in/sign-in')
  signIn() {
    return { title: 'Sign in' };
  }

  @Get('part')
  part() {
    if (fails) throw new PublicError(503, 'tired', 'The part is tired.', 'Let it rest.');
    return '<p id="part">Awake</p>';
  }
}

let app: WebApp;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  app = await startWebApp({ controllers: [PagesController] });
  const browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
});

afterAll(() => app.close());

it('fits a screen of 320 px, and breaks no rule of its own', async () => {
  for (const path of ['/sign-in', '/signed-in']) {
    await page.goto(app.url + path);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(320);
  }
  expect(complaints).toEqual([]);
});

it('can be used with the keyboard from the skip link on', async () => {
  await page.goto(`${app.url}/signed-in`);
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').textContent()).toBe('Skip to content');
  await page.keyboard.press('Enter');
  expect(await page.locator('main:focus').count()).toBe(1);
});

it('tells of a failed htmx request beside the content, until one succeeds', async () => {
  await page.goto(`${app.url}/signed-in`);
  await page.evaluate(`
    document.querySelector('h1').outerHTML = '<button id="part" hx-get="/part" hx-swap="outerHTML">Wake</button>';
    htmx.process(document.body);
  `);
  await page.click('#part');
  await page.getByRole('alert').getByText('The part is tired. Let it rest.').waitFor();
  expect(await page.locator('button#part').count()).toBe(1);
  fails = false;
  await page.click('#part');
  await page.locator('p#part').waitFor();
  expect(await page.getByRole('alert').count()).toBe(0);
});
