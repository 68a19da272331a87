import type { Page } from 'playwright-core';
import { expect } from 'vitest';

interface Focused {
  name: string;
  isVisible: boolean;
  isCovered: boolean;
}

/** What has the focus, whether it shows that it has, and whether something lies over it. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  const { innerText, labels, ariaLabel } = element;
  const name = ariaLabel ?? labels?.[0]?.innerText ?? innerText;
  const { outlineStyle, outlineWidth } = getComputedStyle(element.closest('.input, .select') ?? element);
  const { left, top, width, height } = element.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + height / 2);
  return {
    name: name.replace(/\\s+/g, ' ').trim(),
    isVisible: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1,
    isCovered: !(over && (element.contains(over) || over.contains(element))),
  };
})()`;

export const focused = (page: Page): Promise<Focused> => page.evaluate<Focused>(FOCUSED);

/** More than one page of people has: a row has three places for the focus. */
const MOST_PRESSES = 200;

/** Presses Tab until what is called so has the focus; wherever the focus comes by, it must be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    expect(here, here.name).toMatchObject({ isVisible: true, isCovered: false });
    if (typeof name === 'string' ? here.name === name : name.test(here.name)) return;
    passed.push(here.name);
  }
  throw new Error(`The focus never came to ${name}, but to ${passed.join(', ')}.`);
}
