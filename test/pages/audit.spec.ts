import { describe, expect, it } from 'vitest';
import { User } from '../../src/accounts/users/user.entity.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

describe.each(ways)('the audit log on its page, $way', (way) => {
  it('shows who did what, with filters and files, to admins of the team', async () => {
    const { admin, of, service } = await startPages(way);
    await admin.post(`${of}/settings`, { holdAbovePeople: '7' });
    const text = (await admin.get('/audit')).text;
    expect(text).toMatch(
      /integration\.settings<\/code> <bdi>acme<[\s\S]*by <bdi>admin@default\.example<\/bdi> from [\d.:a-f]+[\s\S]*holdAbovePeople<\/dt>[\s\S]*5 → 7/,
    );
    const filtered = (await admin.get('/audit?action=integration.connect')).text;
    expect(filtered).toContain('<bdi>acme<');
    expect(filtered).not.toContain('integration.settings</code>');
    expect((await admin.get('/audit?actor=nobody')).text).toContain('Nothing matches.');
    for (const day of ['2026-13-45', '2026-02-30', '0000-01-01'])
      expect((await admin.get(`/audit?since=${day}`)).status).toBe(200);
    const csv = await admin.get('/audit/export?action=integration.settings');
    expect(csv.headers.get('content-disposition')).toContain('default-audit.csv');
    expect(csv.text.split('\r\n')).toHaveLength(3);
    const ndjson = await admin.get('/audit/export?format=ndjson&action=integration.settings');
    expect(JSON.parse(ndjson.text)).toMatchObject({ after: { holdAbovePeople: 7 } });
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get('/audit')).status).toBe(403);
    const others = await signedIn(service, { team: 'others' });
    expect((await others.get('/audit')).text).not.toContain('acme');
  });

  it('shows instance admins what concerns no team, and nobody else', async () => {
    const { admin, service } = await startPages(way);
    await admin.post('/sign-in', { email: 'nobody@example.org', password: 'wrong password' });
    const all = '/audit?of=instance';
    expect((await admin.get(all)).text).not.toContain('unknown account');
    await service.dataSource.manager.update(
      User,
      { email: 'admin@default.example' },
      { instanceAdmin: true },
    );
    const text = (await admin.get(all)).text;
    expect(text).toContain('unknown account');
    expect(text).not.toContain('nobody@example.org');
    expect(text).not.toContain('integration.connect</code>');
    expect((await admin.get('/audit')).text).not.toContain('unknown account');
  });

  it('goes on with older entries, each once', async () => {
    const { admin, service } = await startPages(way);
    const { manager } = service.dataSource;
    for (let times = 0; times < 60; times++) await admin.post('/sign-out');
    expect(await manager.count('audit_entries')).toBeLessThan(10);
    const seen: string[] = [];
    const browser = await signedIn(service);
    for (let name = 0; name < 55; name++) await browser.post('/api-tokens', form(`token ${name}`));
    for (let path: string | undefined = '/audit?action=token.create'; path; ) {
      const { text } = await browser.get(path);
      seen.push(
        ...[...text.matchAll(/token\.create<\/code> <bdi>([^<]+)</g)].map(([, one = '']) => one),
      );
      path = /rel="next" href="([^"]+)"/
        .exec(text)?.[1]
        ?.replaceAll('&amp;', '&')
        .replaceAll('&#x3D;', '=');
    }
    expect(seen).toEqual(Array.from({ length: 55 }, (_, name) => `token ${54 - name}`));
  });
});

const form = (name: string) => ({ name, access: 'read', days: '7' });
