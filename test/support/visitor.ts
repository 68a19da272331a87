import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

export interface Visitor {
  page: Page;
  /** What the console complained of, and errors of scripts; avatars cannot load here, and do not count. */
  complaints: string[];
  /** What was asked of the server, as `GET /path?query`. */
  requests: string[];
}

/** Opens a browser window, and signs in with the form. */
export async function visit(
  browser: Browser,
  url: string,
  { email, password }: { email: string; password: string },
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: url, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const visitor: Visitor = { page, complaints: [], requests: [] };
  listen(visitor, url);
  await page.goto('/');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Integrations' }).waitFor();
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
