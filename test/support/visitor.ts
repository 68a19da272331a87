import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchBrowser } from './browser.js';
import { type Person, somebody, type WebService } from './web.js';

export interface Visitor {
  page: Page;
  /** What the console complained of, and errors of scripts; avatars cannot load here, and do not count. */
  complaints: string[];
  /** What was asked of the server, as `GET /path?query`. */
  requests: string[];
}

type Options = BrowserContextOptions & { person?: Person };

/** Opens a browser window, and signs in with the form; as an admin of the team `default`, where nothing else is said. */
export async function enter(service: WebService, options: Options = {}): Promise<Visitor> {
  const { person, ...rest } = options;
  return visit(await launchBrowser(), service.url, await somebody(service, person), rest);
}

/** The same with a known sign-in. */
export async function visit(
  browser: Browser,
  url: string,
  { email, password }: { email: string; password: string },
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const visitor = await openWindow(browser, url, options);
  const { page } = visitor;
  await page.goto('/integrations');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Integrations' }).waitFor();
  return visitor;
}

/** A window of somebody who is not signed in, on nothing yet. */
export async function openWindow(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const visitor: Visitor = { page, complaints: [], requests: [] };
  listen(visitor, url);
  return visitor;
}

function listen({ page, complaints, requests }: Visitor, url: string): void {
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    const isAvatar = message.text().includes('ERR_NAME_NOT_RESOLVED');
    if (message.type() === 'error' && !isAvatar) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (request.url().startsWith(url))
      requests.push(`${request.method()} ${request.url().slice(url.length)}`);
  });
}
