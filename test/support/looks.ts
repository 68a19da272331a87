import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axeFaults } from './axe.js';
import { picture } from './browser.js';
import type { Visitor } from './visitor.js';

const LOOKS = [
  { name: 'light', width: 1280, height: 800, colorScheme: 'light' },
  { name: 'dark', width: 1280, height: 800, colorScheme: 'dark' },
  { name: 'narrow', width: 320, height: 640, colorScheme: 'light' },
  { name: 'wide', width: 1920, height: 1080, colorScheme: 'light' },
] as const;

type Look = (typeof LOOKS)[number];

/** The title of each page or state, and its address or the way there. */
export type Sights = Record<string, string | ((page: Page) => Promise<unknown>)>;

/** Expects that axe finds no fault in each sight and look, and that nothing is wider than the screen. */
export async function look({ page, complaints }: Visitor, sights: Sights): Promise<void> {
  for (const [title, way] of Object.entries(sights)) {
    if (typeof way === 'string') await page.goto(way);
    else await way(page);
    await page.evaluate(WITHOUT_TRANSITIONS);
    const faults: string[] = [];
    for (const one of LOOKS) faults.push(...(await faultsIn(page, title, one)));
    expect.soft(faults, title).toEqual([]);
  }
  expect(complaints.filter((complaint) => !/status of [45]\d\d/.test(complaint))).toEqual([]);
}

/** Turns the page round in place: only its style sheet tells the looks apart. */
async function faultsIn(page: Page, title: string, look: Look): Promise<string[]> {
  const { name, width, height, colorScheme } = look;
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await picture(page, `pages/${title}-${name}`);
  // What a wider screen shows is what was checked already.
  const faults = name === 'wide' ? [] : await axeFaults(page, { colorsOnly: name === 'dark' });
  if (await isTooWide(page)) faults.push('wider than the screen');
  return faults.map((fault) => `${name}: ${fault}`);
}

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate('document.documentElement.scrollWidth > innerWidth');

/** Otherwise colors change gradually. */
const WITHOUT_TRANSITIONS = `{
  const style = new CSSStyleSheet();
  style.replaceSync('*, ::before, ::after { transition: none !important }');
  document.adoptedStyleSheets = [style];
}`;
