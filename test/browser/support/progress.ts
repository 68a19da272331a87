import type { Page } from 'playwright-core';

export const status = (page: Page) => page.locator('#member-sync-status');

/** Waits until a screen reader says it of the sync. */
export const hears = (page: Page, hasText: string | RegExp) =>
  page.locator('#sync-heard[role=status]', { hasText }).waitFor({ state: 'attached' });

/** Chromium without a screen takes all its pages to be focused, so that it never says so itself. */
export const comeBack = (page: Page): Promise<unknown> =>
  page.evaluate("dispatchEvent(new Event('focus'))");

/** The title of the browser's tab, and the name of its icon. */
export const tab = (page: Page): Promise<string[]> =>
  page.evaluate("[document.title, /favicon[a-z-]*/.exec(document.getElementById('icon').href)[0]]");

/** How often the progress was asked for. */
export const asked = (requests: string[]): number =>
  requests.filter((request) => request.includes('/sync/progress')).length;
