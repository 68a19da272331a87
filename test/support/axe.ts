import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, NodeResult, Result } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OPTIONS = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

const COLORS = { ...OPTIONS, runOnly: ['color-contrast', 'link-in-text-block'], rules: {} };

/**
 * What axe finds wrong with the page as it is now: a line for each place, with the rule, the element and what is amiss.
 * @param colorsOnly where nothing but colors differs from a page that axe has seen
 */
export async function axeFaults(page: Page, { colorsOnly = false } = {}): Promise<string[]> {
  // Not as a script element: the page's content policy would refuse it.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(SOURCE);
  const run = `axe.run(document, ${JSON.stringify(colorsOnly ? COLORS : OPTIONS)})`;
  const { violations } = await page.evaluate<AxeResults>(run);
  return violations.flatMap((violation) => violation.nodes.map((node) => line(violation, node)));
}

const line = ({ id }: Result, { target, failureSummary = '' }: NodeResult): string =>
  `${id} at ${target.join(' ')}: ${failureSummary.replace(/^Fix .*:/, '').trim()}`;
