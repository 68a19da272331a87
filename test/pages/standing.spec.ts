import { describe, expect, it } from 'vitest';
import { MembersPage } from '../../src/admin/members/members-page.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { today, tomorrow } from '../support/dates.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

const htmx = { 'HX-Request': 'true' };

async function started(way: Parameters<typeof startPages>[0] = {}) {
  const context = await startPages({ members: 3, ...way });
  await syncToEnd(context.service, context.integration.id);
  const { manager } = context.service.dataSource;
  const [person] = context.others;
  if (!person) throw new Error('There is nobody.');
  const member = await manager.findOneByOrFail(Member, { githubId: person.id });
  const statusNow = async () => (await manager.findOneByOrFail(Member, { id: member.id })).status;
  return { ...context, manager, member, statusNow };
}

describe.each(ways)('disabling by hand, $way', (way) => {
  it('answers the row, which says who did it, and enables again', async () => {
    const { admin, page, member, statusNow } = await started(way);
    expect((await admin.get(page)).text).toContain(`action="${page}/${member.id}/disable"`);
    const row = await admin.post(`${page}/${member.id}/disable`, {}, htmx);
    expect(row.status).toBe(200);
    expect(row.text).toMatch(
      new RegExp(
        `<hx-partial hx-target="#member-${member.id}"[^>]*><tr class="member[^>]* id="member-${member.id}"`,
      ),
    );
    expect(row.text).toMatch(/is disabled\.[\s\S]*\/enable"[\s\S]*>Undo</);
    expect(row.text).toMatch(/Disabled by <bdi>admin@default\.example<\/bdi>, <time/);
    expect(row.text).toContain(`action="${page}/${member.id}/enable"`);
    expect(await statusNow()).toBe('disabled');
    const back = `${page}?status=disabled`;
    expect((await admin.get(back)).text).toContain('Disabled by');
    const plain = await admin.post(`${page}/${member.id}/enable`, { back });
    expect([plain.status, plain.headers.get('location')]).toEqual([303, back]);
    expect(await statusNow()).toBe('active');
  });

  it('can be undone without scripts, and the changes tell both', async () => {
    const { admin, page, member, manager, statusNow } = await started(way);
    const undo = /data-leaves[\s\S]*is disabled\.[\s\S]*action="([^"]+)"[\s\S]*>Undo</;
    const back = `${page}?q=${member.login}`;
    const disabled = await admin.post(`${page}/${member.id}/disable`, { back });
    const [, action = ''] = undo.exec((await admin.follow(disabled)).text) ?? [];
    expect(action).toBe(`${page}/${member.id}/enable`);
    expect((await admin.follow(disabled)).text, 'once').not.toMatch(undo);
    const enabled = await admin.post(action, { back });
    expect(enabled.headers.get('location')).toBe(back);
    expect((await admin.follow(enabled)).text).toContain('is active again.');
    expect(await statusNow()).toBe('active');
    const changes = await manager.find(MemberChange, {
      where: { githubId: member.githubId, madeBy: 'admin@default.example' },
      order: { id: 'ASC' },
    });
    expect(changes.map(({ kind }) => kind)).toEqual(['disabled', 'enabled']);
  });
});

describe('disabling by hand', () => {
  it('is for admins of the team, of members of the organization', async () => {
    const { service, admin, of, page, member, statusNow } = await started();
    const person = await signedIn(service, { role: 'member' });
    expect((await person.get(page)).text).not.toContain('/disable');
    expect((await person.post(`${page}/${member.id}/disable`)).status).toBe(403);
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.post(`${page}/${member.id}/disable`)).status).toBe(404);
    expect((await admin.post(`${page}/999/disable`)).status).toBe(404);
    expect((await admin.post(`${of}9/members/${member.id}/disable`)).status).toBe(404);
    expect(await statusNow()).toBe('active');
  });

  it('is offered to the admin alone of two who look in the same moment', async () => {
    const { service, integration } = await started();
    const page = service.app.get(MembersPage, { strict: false });
    const offered = async (role: 'admin' | 'member') => {
      const whose = {
        userId: 1,
        teamId: integration.teamId,
        teamSlug: 'default',
        role,
        name: role,
        instanceAdmin: false,
      };
      const { directory } = await page.view(whose, {
        ...{ id: integration.id, affiliation: 'member', parameters: {} },
      });
      if (!('rows' in directory)) throw new Error('There are no rows.');
      return directory.rows.map((row) => 'standing' in row && Boolean(row.standing));
    };
    expect(await Promise.all([offered('admin'), offered('member'), offered('admin')])).toEqual([
      [true, true, true],
      [false, false, false],
      [true, true, true],
    ]);
  });

  it('leads to no other site', async () => {
    const { admin, page, member } = await started();
    const answer = await admin.post(`${page}/${member.id}/disable`, { back: '//evil.example' });
    expect(answer.headers.get('location')).toBe(page);
  });
});

describe('the directory as of a past moment', () => {
  it('says which filter and order it cannot keep, and comes back to them', async () => {
    const { admin, page } = await started();
    const query = `status=active&within=7&sort=-since&asOf=${today()}`;
    const { text } = await admin.get(`${page}?${query}`);
    expect(text).toMatch(/<select id="within"[^>]* disabled>/);
    expect(text).toContain('First seen: not for a past date');
    expect(text).toContain('“First seen in the last 7 days” does not apply to a past date.');
    expect(text).toContain('Sorted by login.');
    expect(text).toContain('<input type="hidden" name="within" value="7">');
    expect(text).toContain(`href="${page}?within&#x3D;7">Back to current members<`);
    expect(text).toMatch(/1–3\s+of 3/);
    const now = (await admin.get(`${page}?within=7`)).text;
    expect(now).toContain('<option value="7" selected>First seen in the last 7 days</option>');
    expect(now).not.toContain('does not apply');
  });
});

describe.each(ways)('the directory as of a past moment, $way', (way) => {
  it('shows who was in then, and lets nothing be changed', async () => {
    const { service, integration, manager, admin, page, member, organization, others } =
      await started(way);
    const [gone] = others;
    if (!gone) throw new Error('There is nobody.');
    // As if the first sync had been in March.
    await manager.update(
      MemberChange,
      { kind: 'joined' },
      { madeAt: new Date('2026-03-01T12:00:00Z') },
    );
    organization.leave(gone);
    await syncToEnd(service, integration.id);
    expect((await admin.get(page)).text).not.toContain(`>${gone.login}<`);
    const past = await admin.get(`${page}?asOf=2026-03-01`);
    expect(past.status).toBe(200);
    expect(past.text).toMatch(/As of <time[^>]*>1 Mar 2026, 23:59 UTC<\/time>/);
    expect(past.text).toContain(`href="${page}">Back to current members<`);
    expect(past.text.match(/<tr[^>]* class="member /g)).toHaveLength(3);
    expect(past.text).toContain(gone.login);
    expect(past.text).not.toContain('/disable');
    expect(past.text).toContain('value="2026-03-01"');
    const found = (await admin.get(`${page}?asOf=2026-03-01&q=${member.login}`)).text;
    expect(found.match(/<tr[^>]* class="member /g)).toHaveLength(1);
    const early = await admin.get(`${page}?asOf=2026-02-01`);
    expect(early.status).toBe(422);
    expect(early.text).toMatch(/id="directory"[\s\S]*role="alert"[\s\S]*History starts/);
    const file = await admin.get(`${page}/export?asOf=2026-03-01T23:00Z`);
    expect(file.headers.get('content-disposition')).toBe(
      'attachment; filename="acme-members-2026-03-01T23-00Z.csv"',
    );
    const future = await admin.get(`${page}?asOf=${tomorrow()}`);
    expect(future.status).toBe(422);
    expect(future.text).toContain('is in the future');
    expect((await admin.get(`${page}/export?asOf=${tomorrow()}`)).status).toBe(422);
    const now = await admin.get(`${page}?asOf=${today()}`);
    expect(now.status).toBe(200);
    expect(now.text).toContain('As of now.');
    const wrong = await admin.get(`${page}?${new URLSearchParams({ asOf: '"><script>' })}`);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('is not a date');
    expect(wrong.text).not.toContain('"><script>');
  });
});
