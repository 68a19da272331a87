import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { picture } from '../support/browser.js';
import { syncToEnd } from '../support/runs.js';
import { enter } from '../support/visitor.js';

/** People and links that the notice lies over. What is below the head of the table is hidden anyway. */
const covered = (page: Page): Promise<string[]> =>
  page.evaluate(`(() => {
    const notice = document.querySelector('[data-leaves]');
    const mine = notice.getBoundingClientRect();
    const head = document.querySelector('.members th').getBoundingClientRect();
    const isCovered = (element) => {
      const theirs = element.getBoundingClientRect();
      const top = element.closest('tr.member') ? Math.max(theirs.top, head.bottom) : theirs.top;
      const isBeside = theirs.right <= mine.left || mine.right <= theirs.left;
      const isBelow = mine.bottom <= top || theirs.bottom <= Math.max(mine.top, top);
      return !isBeside && !isBelow && theirs.width > 0 && !notice.contains(element);
    };
    return [...document.querySelectorAll('tr.member, a, button, input, select')]
      .filter(isCovered)
      .map(({ textContent }) => textContent.trim().slice(0, 40));
  })()`);

it.each([
  { width: 320, at: 0 },
  { width: 320, at: 40 },
  { width: 640, at: 20 },
  { width: 768, at: 20 },
  { width: 1280, at: 0 },
  { width: 1280, at: 40 },
])(
  'the notice of a change covers neither people nor links, $width px wide',
  async ({ width, at }) => {
    const { service, integration, page: members } = await startPages({ members: 60 });
    await syncToEnd(service, integration.id);
    const { page } = await enter(service, { viewport: { width, height: 640 } });
    await page.goto(members);
    await page
      .getByLabel(/^Actions for /)
      .nth(at)
      .click();
    await page.locator('details[open]').getByRole('button', { name: 'Disable' }).click();
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    expect(await covered(page)).toEqual([]);
    await picture(page, `pages/members-notice-${width}-${at}`);
    const place = await undo.boundingBox();
    expect(place?.y).toBeGreaterThanOrEqual(0);
    expect(place?.y).toBeLessThan(640);
    await page.getByRole('button', { name: 'Close' }).click();
    await undo.waitFor({ state: 'detached' });
  },
);
