import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/github-integration.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { MemberChange } from '../../src/members/member-change.entity.js';
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
    const undo = /id="standing-notice"[\s\S]*is disabled\.[\s\S]*action="([^"]+)"[\s\S]*>Undo</;
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

  it('leads to no other site', async () => {
    const { admin, page, member } = await started();
    const answer = await admin.post(`${page}/${member.id}/disable`, { back: '//evil.example' });
    expect(answer.headers.get('location')).toBe(page);
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
    expect(past.text).toContain(`href="${page}">Back to now<`);
    expect(past.text.match(/<tr[^>]* class="member /g)).toHaveLength(3);
    expect(past.text).toContain(gone.login);
    expect(past.text).not.toContain('/disable');
    expect(past.text).toContain('value="2026-03-01"');
    const found = (await admin.get(`${page}?asOf=2026-03-01&q=${member.login}`)).text;
    expect(found.match(/<tr[^>]* class="member /g)).toHaveLength(1);
    const early = await admin.get(`${page}?asOf=2026-02-01`);
    expect(early.status).toBe(422);
    expect(early.text).toMatch(/id="directory"[\s\S]*role="alert"[\s\S]*oldest change/);
    const wrong = await admin.get(`${page}?${new URLSearchParams({ asOf: '"><script>' })}`);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('is not a date');
    expect(wrong.text).not.toContain('"><script>');
  });
});

describe.each(ways)('the settings, $way', (way) => {
  const typed = { holdAbovePercent: '50', holdAbovePeople: '12' };

  it('say from how many removals on an admin is asked', async () => {
    const { admin, of, page, manager, integration } = await started(way);
    expect((await admin.get(page)).text).toContain(`href="${of}/settings"`);
    const form = (await admin.get(`${of}/settings`)).text;
    expect(form).toMatch(
      /name="holdAbovePercent" value="20"[\s\S]*name="holdAbovePeople" value="5"/,
    );
    const answer = await admin.post(`${of}/settings`, typed);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
    expect((await admin.follow(answer)).text).toContain('The settings are saved.');
    const where = { id: integration.id, holdAbovePercent: 50, holdAbovePeople: 12 };
    expect(await manager.countBy(GithubIntegration, where)).toBe(1);
  });

  it('take nothing that makes no sense, and keep what was typed', async () => {
    const { admin, of, manager } = await started(way);
    for (const wrong of ['101', '-1', '1.5', '', 'x"><script>']) {
      const answer = await admin.post(`${of}/settings`, { ...typed, holdAbovePercent: wrong });
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('a whole number from 0 to 100.');
      expect(answer.text).toContain('value="12"');
      expect(answer.text).not.toContain('"><script>');
    }
    const where = { holdAbovePercent: 20, holdAbovePeople: 5 };
    expect(await manager.countBy(GithubIntegration, where)).toBe(1);
  });

  it('say when members are synced without anybody asking', async () => {
    const { admin, of, page, manager, integration } = await started(way);
    expect((await admin.get(`${of}/settings`)).text).toContain('only when somebody asks');
    const weekly = { kind: 'weekly', weekday: '5', time: '22:15', zone: 'Europe/Berlin' };
    const answer = await admin.post(`${of}/schedule`, weekly);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, page]);
    const { scheduleKind, scheduleWeekday, scheduleTime, scheduleZone, nextSyncAt } =
      await manager.findOneByOrFail(GithubIntegration, { id: integration.id });
    expect([scheduleKind, scheduleWeekday, scheduleTime, scheduleZone]).toEqual([
      'weekly',
      5,
      '22:15',
      'Europe/Berlin',
    ]);
    const form = (await admin.get(`${of}/settings`)).text;
    expect(form).toContain(nextSyncAt?.toISOString());
    expect(form).toMatch(/<option value="5" selected>Friday/);
    expect((await admin.get('/integrations')).text).toContain(nextSyncAt?.toISOString());
    await admin.post(`${of}/schedule`, { ...weekly, kind: 'off' });
    expect((await admin.get(`${of}/settings`)).text).toContain('only when somebody asks');
  });

  it.each([
    ['kind', 'sometimes', 'Choose how often'],
    ['weekday', '8', 'Choose a day'],
    ['time', '24:00', 'one like 03:00'],
    ['zone', 'Mars/Olympus"><script>', 'one like Europe/Berlin'],
  ])('take no %s of %s for a schedule, and keep what was typed', async (field, value, says) => {
    const { admin, of, manager, integration } = await started(way);
    const typed = {
      kind: 'daily',
      weekday: '2',
      time: '04:45',
      zone: 'Asia/Tokyo',
      [field]: value,
    };
    const answer = await admin.post(`${of}/schedule`, typed);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(says);
    expect(answer.text).not.toContain('"><script>');
    if (field !== 'time') expect(answer.text).toContain('value="04:45"');
    const where = { id: integration.id, scheduleKind: 'off' } as const;
    expect(await manager.countBy(GithubIntegration, where)).toBe(1);
  });

  it('are for admins of the team', async () => {
    const { service, of, page } = await started(way);
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get(page)).text).not.toContain('/settings');
    expect((await member.get(`${of}/settings`)).status).toBe(403);
    expect((await member.post(`${of}/settings`, typed)).status).toBe(403);
    expect((await member.post(`${of}/schedule`, { kind: 'off' })).status).toBe(403);
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.get(`${of}/settings`)).status).toBe(404);
    expect((await stranger.post(`${of}/settings`, typed)).status).toBe(404);
    expect((await stranger.post(`${of}/schedule`, { kind: 'off' })).status).toBe(404);
  });
});
