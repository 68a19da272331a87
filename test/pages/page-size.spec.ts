import { expect, it } from 'vitest';
import { today } from '../support/dates.js';
import { syncToEnd } from '../support/runs.js';
import { startPages } from './support/pages.js';

const people = (text: string): number => text.match(/<tr[^>]* class="member /g)?.length ?? 0;

const linkTo = (text: string, words: string | number): string => {
  const [, href = ''] = new RegExp(`href="([^"]+)"[^>]*>${words}<`).exec(text) ?? [];
  return href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
};

it('a page shows as many people as are chosen, and keeps the number', async () => {
  const { service, integration, admin, page } = await startPages({ members: 120 });
  await syncToEnd(service, integration.id);
  const read = async (path: string) => (await admin.get(path)).text;
  const usual = await read(page);
  expect(people(usual)).toBe(50);
  expect(usual).toMatch(/aria-current="true"\s*>50</);
  expect([25, 100, 200].map((size) => linkTo(usual, size))).toEqual(
    [25, 100, 200].map((size) => `${page}?limit=${size}`),
  );
  expect(linkTo(await read(`${page}?limit=100`), 50), 'the usual size').toBe(page);

  const few = await read(`${page}?limit=25&sort=-login`);
  expect(people(few)).toBe(25);
  const second = await read(linkTo(few, 'Next page'));
  expect(second).toMatch(/26–50\s+of 120/);
  expect(await read(linkTo(second, 'Previous page'))).toMatch(/1–25\s+of 120/);
  expect(linkTo(second, 'First page')).toBe(`${page}?sort=-login&limit=25`);
  expect(second).toContain('<input type="hidden" name="limit" value="25">');
  expect(linkTo(second, 'Export as CSV')).not.toContain('limit');
  expect(people(await read(`${page}?limit=200`))).toBe(120);
  expect(people(await read(`${page}?limit=25&asOf=${today()}`))).toBe(25);
});

it('the size is offered only where it matters, and a wrong one is ignored', async () => {
  const { service, integration, admin, page } = await startPages({ members: 60 });
  await syncToEnd(service, integration.id);
  for (const limit of ['0', '51', '1000', 'x', '-1'])
    expect(people((await admin.get(`${page}?limit=${limit}`)).text), limit).toBe(50);
  const one = (await admin.get(`${page}?q=olga-owner`)).text;
  expect(people(one)).toBe(1);
  expect(one).not.toContain('People on a page');
});
