import { expect, it } from 'vitest';
import { startPages } from '../pages/support/pages.js';
import { launchBrowser } from '../support/browser.js';
import { syncToEnd } from '../support/runs.js';

/** For a first visit, avatars aside, in bytes. */
const AT_MOST = 100_000;

it('weighs at most 100 kB on the first visit, the sign-in and fifty members alike', async () => {
  const { service, integration, admin, page: members } = await startPages({ members: 60 });
  await syncToEnd(service, integration.id);
  const browser = await launchBrowser();

  /** What a browser that has nothing yet is sent, headers and all. */
  async function weigh(path: string, cookie: string) {
    const extraHTTPHeaders = cookie ? { cookie } : undefined;
    const context = await browser.newContext({ baseURL: service.url, extraHTTPHeaders });
    const page = await context.newPage();
    const files: Record<string, number> = {};
    const weighed: Promise<void>[] = [];
    page.on('requestfinished', (request) => {
      const { pathname, origin } = new URL(request.url());
      if (origin !== new URL(service.url).origin) return;
      const weight = request.sizes().then(({ responseHeadersSize, responseBodySize }) => {
        files[pathname] = responseHeadersSize + responseBodySize;
      });
      weighed.push(weight);
    });
    await page.goto(path, { waitUntil: 'load' });
    const rows = await page.locator('tr.member').count();
    await Promise.all(weighed);
    await context.close();
    return { files, rows };
  }

  // Headless browsers ask for no favicon.
  const favicon = (await admin.get('/assets/favicon.svg')).text.length;
  for (const { path, cookie, people } of [
    { path: '/sign-in', cookie: '', people: 0 },
    { path: members, cookie: admin.cookie, people: 50 },
  ]) {
    const { files, rows } = await weigh(path, cookie);
    expect(rows).toBe(people);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([path, '/assets/app.css', '/assets/htmx.min.js', '/assets/app.js']),
    );
    const total = Object.values(files).reduce((sum, size) => sum + size, favicon);
    expect(total, JSON.stringify(files)).toBeLessThanOrEqual(AT_MOST);
    const { '/assets/app.css': css = 0, '/assets/htmx.min.js': htmx = 0 } = files;
    expect(Math.min(css, htmx), 'or nothing was weighed').toBeGreaterThan(5_000);
  }
});
