import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll } from 'vitest';

const artefacts = fileURLToPath(new URL('../artefacts/', import.meta.url));

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];

const browsers = new Set<Browser>();

/** Starts a browser that reaches nothing but loopback, and closes with the spec. */
export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args, headless: true });
  browsers.add(browser);
  return browser;
}

/** Saves what the page shows as `test/artefacts/NAME.png`, and returns the path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const path = join(artefacts, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  return path;
}

afterAll(async () => {
  await Promise.all([...browsers].map((browser) => browser.close()));
  browsers.clear();
});

function chromiumPath(): string {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'chromium')).find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    'No chromium on the PATH. Run scripts/install-test-servers.sh or set CHROMIUM_PATH.',
  );
}
