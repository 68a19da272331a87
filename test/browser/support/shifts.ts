import type { Page } from 'playwright-core';

/** Runs in the page. */
const WATCH = `{
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { sources } of list.getEntries())
      for (const { node } of sources) {
        const element = node?.nodeType === 1 ? node : node?.parentElement;
        // What stands in the directory, and below it, moves when people are added: that is what it is for.
        if (element && !element.closest('#directory, footer')) globalThis.shifts.push(element.outerHTML.slice(0, 200));
      }
  }).observe({ type: 'layout-shift' });
}`;

/** Watches what moves by itself from now on, as the browser has it ("Layout Instability", WICG). */
export const watchShifts = (page: Page): Promise<void> => page.evaluate(WATCH);

/** What moved since. */
export const shifts = (page: Page): Promise<string[]> => page.evaluate('globalThis.shifts');

/** Where things are, from the top of the page. */
export const placesOf = (page: Page, selector: string): Promise<number[]> =>
  page.evaluate<number[]>(`[...document.querySelectorAll('${selector}')]
    .map((element) => element.getBoundingClientRect().top + scrollY)`);
