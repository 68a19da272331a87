import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

async function started(viewport: { width: number; height: number }, javaScriptEnabled = true) {
  const { service, integration, page: members, of } = await startPages({ members: 60 });
  await syncToEnd(service, integration.id);
  const { page } = await enter(service, { viewport, javaScriptEnabled });
  await page.goto(members);
  return { page, of };
}

const box = async (page: Page, selector: string) => {
  const found = await page.locator(selector).first().boundingBox();
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
};

it.each([568, 640])('a small screen of 320 by %i px shows the first person', async (height) => {
  const { page } = await started({ width: 320, height });
  const row = await box(page, 'tr.member');
  expect(row.y + row.height).toBeLessThanOrEqual(height);
});

it.each([true, false])('filters unfold on a small screen, with scripts: %s', async (scripts) => {
  const { page } = await started({ width: 320, height: 568 }, scripts);
  const filter = page.getByLabel('Role');
  expect(await filter.isVisible()).toBe(false);
  await page.getByText('Filters', { exact: true }).click();
  await filter.waitFor();
});

it.each([320, 640, 1280])(
  'the state of the last sync is one line, with its button, %i px wide',
  async (width) => {
    const { page } = await started({ width, height: 800 });
    const card = await box(page, '.sync-card');
    expect(card.height).toBeLessThan(60);
    const sync = await page.locator('.sync-card').getByRole('button').boundingBox();
    expect(sync?.y).toBeGreaterThan(card.y);
    for (const words of ['Complete', '60 members found', /now|seconds? ago/])
      await page.locator('.sync-card').getByText(words).first().waitFor();
  },
);

/** Where the text begins, not its box: a breadcrumb has some room around it. */
const left = (page: Page, selector: string): Promise<number> =>
  page.evaluate(`(() => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('${selector}'));
    return Math.round(range.getBoundingClientRect().left);
  })()`);

it.each([320, 1280])('pages begin at the edge of their breadcrumbs, %i px wide', async (width) => {
  const { page, of } = await started({ width, height: 800 });
  const edge = await left(page, '.breadcrumbs a');
  for (const path of ['members', 'settings', 'disconnect', 'runs', 'members/diff']) {
    await page.goto(`${of}/${path}`);
    expect([path, await left(page, '.breadcrumbs a')]).toEqual([path, edge]);
    expect([path, await left(page, 'main h1')]).toEqual([path, edge]);
  }
  await page.goto('/nowhere');
  expect(await left(page, 'main h1')).toBe(edge);
});
