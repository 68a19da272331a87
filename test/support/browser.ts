import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';

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

let browser: Promise<Browser> | undefined;

/** The browser of all spec files of this worker: it reaches nothing but loopback, and ends with the worker. */
export function launchBrowser(): Promise<Browser> {
  browser ??= chromium.launch({ executablePath: chromiumPath(), args, headless: true });
  return browser;
}

/** As `screenshot`, but only with `npm run pictures`: nothing but people's eyes checks them. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.ROLLCALL_TEST_PICTURES === '1') await screenshot(page, name);
}

/** Saves what the page shows as `test/artefacts/NAME.png`, and returns the path. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const path = join(artefacts, `${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  return path;
}

/** The headless shell is the same engine without a window's parts, and twice as quick here. */
function chromiumPath(): string {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = ['chromium-headless-shell', 'chromium'].flatMap((program) =>
    folders.map((folder) => join(folder, program)),
  );
  const found = paths.find((path) => existsSync(path));
  if (found) return found;
  throw new Error(
    'No chromium-headless-shell or chromium on the PATH. Run scripts/install-test-servers.sh or set CHROMIUM_PATH.',
  );
}
