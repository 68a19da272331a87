import { describe, expect, it } from 'vitest';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { parseCsv } from '../support/csv.js';
import { today, tomorrow } from '../support/dates.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

/** The rest of the words is only heard on a narrow screen. */
const readable = (html: string): string => html.replaceAll('<span class="max-sm:sr-only">', '');

describe.each(ways)('the comparison of two dates, $way', (way) => {
  it('shows who joined, left and changed, and what', async () => {
    const { service, integration, admin, page, organization, world, others } = await startPages({
      ...way,
      members: 12,
    });
    await syncToEnd(service, integration.id);
    const madeAt = new Date('2026-03-01T12:00:00Z');
    await service.dataSource.manager.updateAll(MemberChange, { madeAt });
    const [leaver, renamed] = others;
    if (!leaver || !renamed) throw new Error('The organization is too small.');
    const { login } = renamed;
    organization.leave(leaver);
    world.renameUser(renamed, 'zz-renamed');
    organization.join(world.addUser({ login: 'newcomer' }));
    await syncToEnd(service, integration.id);

    expect(readable((await admin.get(page)).text)).toContain(
      `href="${page}/diff">Compare two dates<`,
    );
    const past = (await admin.get(`${page}?asOf=2026-03-01`)).text;
    expect(readable(past)).toContain(`href="${page}/diff?from&#x3D;2026-03-01">Compare with now<`);
    const empty = await admin.get(`${page}/diff`);
    expect(empty.status).toBe(200);
    expect(empty.text).toContain('Without a second date, until now.');
    const { text } = await admin.get(`${page}/diff?from=2026-03-01`);
    const rows = text.split('<li class="difference').slice(1);
    expect(rows).toHaveLength(3);
    const rowOf = (login: string) => rows.find((row) => row.includes(login));
    expect(rowOf(leaver.login)).toContain('>Left<');
    expect(rowOf('newcomer')).toContain('>Joined<');
    expect(rowOf('zz-renamed')).toMatch(new RegExp(`>Changed<[^]*Login[^]*${login}[^]*zz-renamed`));
    const left = (await admin.get(`${page}/diff?from=2026-03-01&to=${today()}&kind=left`)).text;
    expect(left.split('<li class="difference').slice(1)).toHaveLength(1);
    expect(text).toContain(`href="${page}/diff/export?from&#x3D;2026-03-01&amp;format&#x3D;csv"`);
    const csv = await admin.get(`${page}/diff/export?from=2026-03-01&kind=left`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toBe(
      'attachment; filename="acme-members-diff-2026-03-01.csv"',
    );
    const [, line, ...more] = parseCsv(csv.text);
    expect([line?.slice(0, 3), more]).toEqual([['left', String(leaver.id), leaver.login], []]);
    const json = await admin.get(`${page}/diff/export?from=2026-03-01&to=${today()}&format=json`);
    expect(json.headers.get('content-disposition')).toContain(`diff-2026-03-01-${today()}.json"`);
    expect(JSON.parse(json.text)).toHaveLength(3);
    expect((await admin.get(`${page}/diff/export?from=x`)).status).toBe(422);
    const none = await admin.get(`${page}/diff?from=2026-03-01&to=2026-03-02`);
    expect(none.text).toContain('No differences.');
    for (const query of [
      'from=2026-02-01',
      'from=x',
      `from=${tomorrow()}`,
      `from=${today()}&to=2026-03-01`,
    ]) {
      const wrong = await admin.get(`${page}/diff?${query}`);
      expect({ query, status: wrong.status }).toEqual({ query, status: 422 });
      expect(wrong.text).toContain('role="alert"');
    }
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get(`${page}/diff?from=2026-03-01`)).status).toBe(200);
    const stranger = await signedIn(service, { team: 'other' });
    for (const path of ['diff', 'diff/export'])
      expect((await stranger.get(`${page}/${path}?from=2026-03-01`)).status).toBe(404);
  });
});
