import { Controller, Get, Render } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebApp, type WebApp } from './support/web-app.js';

const NASTY = '"><script>alert(1)</script>';

@Controller()
class PagesController {
  @Get('sign-in')
  @Render('sign-in/sign-in')
  signIn() {
    return {
      title: NASTY,
      passwords: true,
      email: NASTY,
      next: `/${NASTY}`,
      error: { message: NASTY, remedy: NASTY },
    };
  }

  @Get('signed-in')
  @Render('errors/error')
  signedIn() {
    return { identity: { name: `ada@example.org${NASTY}`, teamSlug: 'default', role: 'admin' } };
  }

  @Get('fragment')
  @Render('errors/fragment')
  fragment() {
    return { layout: false, message: 'Bare.' };
  }

  @Get('docs')
  docs() {
    return 'docs';
  }
}

let app: WebApp;

beforeAll(async () => {
  app = await startWebApp({ controllers: [PagesController] });
});

afterAll(() => app.close());

const pageOf = async (path: string) => (await app.fetch(path)).text();

describe('a page', () => {
  it('has the layout, and escapes all that it is given', async () => {
    const html = await pageOf('/sign-in');
    expect(html).toContain('<main id="content"');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;');
    expect(html).not.toContain('<script>');
  });

  it('shows who is signed in, and lets them sign out', async () => {
    const html = await pageOf('/signed-in');
    expect(html).toContain('ada@example.org');
    expect(html).toContain('<form method="post" action="/sign-out"');
    expect(html).not.toContain('<script>');
  });

  it('offers a stranger no way further in', async () => {
    expect(await pageOf('/sign-in')).not.toMatch(/sign-out|\/integrations/);
  });

  it('is bare without a layout', async () => {
    expect(await pageOf('/fragment')).not.toContain('<html');
  });

  it('is kept nowhere', async () => {
    expect((await app.fetch('/sign-in')).headers.get('cache-control')).toBe('no-store');
  });

  it('has nothing inline', async () => {
    for (const path of ['/sign-in', '/signed-in', '/nowhere'])
      expect(await pageOf(path)).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
  });
});

describe('what browsers are told', () => {
  it('is to run and load only our own', async () => {
    const { headers } = await app.fetch('/sign-in');
    const policy = headers.get('content-security-policy')?.split(';');
    expect(policy).toEqual([
      "default-src 'self'",
      "img-src 'self' https://avatars.githubusercontent.com data:",
      "script-src 'self'",
      "style-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('permissions-policy')).toContain('camera=(), ');
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('holds for errors too', async () => {
    const { headers } = await app.fetch('/nowhere');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('lets nothing but the docs bring styles', async () => {
    const policyOf = async (path: string) =>
      (await app.fetch(path)).headers.get('content-security-policy');
    expect(await policyOf('/docs')).toContain("style-src 'self' 'unsafe-inline'");
    expect(await policyOf('/docs')).toContain("script-src 'self';");
    expect(await policyOf('/docsify')).not.toContain('unsafe');
  });

  it('is to stay on https only where there is https', async () => {
    const secure = await startWebApp({ publicUrl: 'https://rollcall.example.org' });
    const of = async ({ fetch }: WebApp) =>
      (await fetch('/')).headers.get('strict-transport-security');
    expect(await of(app)).toBeNull();
    expect(await of(secure)).toBe('max-age=31536000');
    await secure.close();
  });
});

describe('an asset', () => {
  const addressesIn = (html: string) =>
    [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address = '']) => address);

  it('of a page is there, of its right type, and kept for ever', async () => {
    const types = new Map<string, string | null>();
    for (const address of addressesIn(await pageOf('/sign-in'))) {
      const { status, headers } = await app.fetch(address);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      types.set(address.replace(/\?.*/, ''), headers.get('content-type'));
    }
    expect(Object.fromEntries(types)).toEqual({
      '/assets/app.css': 'text/css; charset=utf-8',
      '/assets/app.js': 'text/javascript; charset=utf-8',
      '/assets/favicon.svg': 'image/svg+xml',
      '/assets/htmx.min.js': 'text/javascript; charset=utf-8',
    });
  });

  it('of another version is asked for again', async () => {
    for (const address of ['/assets/app.css', '/assets/app.css?v=old'])
      expect((await app.fetch(address)).headers.get('cache-control')).toBe('no-cache');
  });

  it('is not sent to whoever has it', async () => {
    const etag = (await app.fetch('/assets/app.css')).headers.get('etag') ?? '';
    // Without a word of its own, fetch asks for a whole new answer.
    const headers = { 'If-None-Match': etag, 'Cache-Control': 'max-age=0' };
    const again = await app.fetch('/assets/app.css', { headers });
    expect(again.status).toBe(304);
  });

  it('is never a file of another folder', async () => {
    for (const name of ['..%2Fpackage.json', '%2Fetc%2Fpasswd', 'constructor', '__proto__'])
      expect((await app.fetch(`/assets/${name}`)).status).toBe(404);
  });
});
