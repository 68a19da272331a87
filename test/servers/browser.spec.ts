import { stat } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { launchBrowser, screenshot } from '../support/browser.js';

it('starts a browser that sees this machine and nothing else', async () => {
  const page = await (await launchBrowser()).newPage();
  await page.setContent('<h1>Zoë · 王小明 · Ólafur · محمد · 🦀</h1>');
  expect((await stat(await screenshot(page, 'servers/fonts'))).size).toBeGreaterThan(1000);
  for (const url of ['http://192.0.2.1/', 'http://example.com/'])
    await expect(page.goto(url)).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
});
