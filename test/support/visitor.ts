import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchBrowser } from './browser.js';
import { type Person, signedIn, type WebService } from './web.js';

export interface Visitor {
  page: Page;
  /** What the console complained of, and errors of scripts; avatars cannot load here, and do not count. */
  complaints: string[];
  /** What was asked of the server, as `GET /path?query`. */
  requests: string[];
}

type Options = BrowserContextOptions & { person?: Person };

/** A browser window of somebody who has just signed in; an admin of the team `default`, where nothing else is said. */
export async function enter(service: WebService, options: Options = {}): Promise<Visitor> {
  const { person, ...rest } = options;
  const { cookies } = await signedIn(service, person);
  const visitor = await openWindow(await launchBrowser(), service.url, rest);
  await visitor.page.context().addCookies(cookies.map((one) => ({ ...one, url: service.url })));
  await visitor.page.goto('/integrations');
  return visitor;
}

/** Opens a window, and signs in with the form. */
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
