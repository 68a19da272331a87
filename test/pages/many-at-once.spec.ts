import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { parseCsv } from '../support/csv.js';
import { today } from '../support/dates.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { afterLeaving, startPages } from './support/pages.js';

const htmx = { 'HX-Request': 'true' };

/** A form with these boxes checked. */
const chosen = (ids: (number | string)[]) =>
  ids.map((id): [string, string] => ['chosen', String(id)]);

async function started(way: Parameters<typeof startPages>[0] = {}) {
  const context = await startPages({ members: 6, ...way });
  await syncToEnd(context.service, context.integration.id);
  const { manager } = context.service.dataSource;
  const members = await manager.find(Member, { order: { loginKey: 'ASC' } });
  const disabled = () => manager.countBy(Member, { status: 'disabled' });
  return { ...context, manager, members, ids: members.map(({ id }) => id), disabled };
}

describe.each(ways)('chosen members, $way', (way) => {
  it('are disabled, and the notice undoes just that', async () => {
    const { admin, page, ids, manager, disabled } = await started(way);
    await admin.post(`${page}/${ids[0]}/disable`);
    const back = `${page}?limit=25`;
    const answer = await admin.post(`${page}/disable`, [
      ...chosen(ids.slice(0, 3)),
      ['back', back],
    ]);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, back]);
    expect(await disabled()).toBe(3);
    const { text } = await admin.follow(answer);
    expect(text).toMatch(/<bdi>2 people<\/bdi><\/strong> are disabled\./);
    const notice = text.slice(text.indexOf('data-leaves'));
    expect(notice).toContain(`action="${page}/enable"`);
    const undo = [...notice.matchAll(/type="hidden" name="chosen" value="(\d+)"/g)];
    expect(undo.map(([, id]) => Number(id))).toEqual(ids.slice(1, 3));
    const undone = await admin.post(`${page}/enable`, chosen(ids.slice(1, 3)), htmx);
    expect(undone.text).toMatch(/<bdi>2 people<\/bdi><\/strong> are enabled again\./);
    expect(undone.text.match(/<hx-partial/g)).toHaveLength(2);
    expect(undone.headers.get('HX-Trigger')).toBe('member-standing-changed');
    expect(await disabled()).toBe(1);
    const again = await admin.post(`${page}/enable`, chosen(ids.slice(1, 3)), htmx);
    expect(again.text).toContain('<bdi>Nobody</bdi></strong> was changed.');
    expect(again.text).not.toContain('Undo');
    expect(await manager.countBy(MemberChange, { kind: 'disabled' })).toBe(3);
  });

  it('are exported with the columns of the whole directory', async () => {
    const { admin, page, ids, members } = await started(way);
    const file = await admin.post(`${page}/export`, chosen([ids[4] ?? 0, ids[1] ?? 0]));
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="acme-members.csv"');
    const whole = parseCsv((await admin.get(`${page}/export`)).text);
    const logins = [members[1]?.login, members[4]?.login];
    expect(parseCsv(file.text)).toEqual([
      whole[0],
      ...whole.filter((cells) => logins.includes(cells[1])),
    ]);
  });
});

describe('chosen members', () => {
  it('can be chosen by admins alone, in the current directory', async () => {
    const { service, admin, page, manager, integration } = await started();
    const { text } = await admin.get(page);
    expect(text.match(/type="checkbox"[^>]* form="chosen"/g)).toHaveLength(6);
    expect(text).toMatch(/data-chooses="chosen" aria-label="Choose all on this page"/);
    expect(text).toMatch(/id="chosen"[\s\S]*>Disable<[\s\S]*formaction="[^"]*\/members\/export"/);
    const off = (await admin.get(`${page}?status=disabled`)).text;
    expect(off, 'nobody to choose').not.toContain('chosen');
    const past = (await admin.get(`${page}?asOf=${today()}`)).text;
    expect(past).not.toContain('chosen');
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get(page)).text).not.toContain('chosen');
    await manager.update(GithubIntegration, { id: integration.id }, { disconnectedAt: new Date() });
    expect((await admin.get(page)).text).not.toContain('chosen');
  });

  it('are changed by admins of the team from our own pages, of a connected organization', async () => {
    const { service, admin, page, ids, disabled, manager, integration } = await started();
    const member = await signedIn(service, { role: 'member' });
    const stranger = await signedIn(service, { team: 'other' });
    const site = { Origin: 'https://evil.example' };
    for (const what of ['disable', 'enable', 'export']) {
      const path = `${page}/${what}`;
      expect((await member.post(path, chosen(ids))).status, what).toBe(403);
      expect((await stranger.post(path, chosen(ids))).status, what).toBe(404);
      expect((await admin.post(path, chosen(ids), site)).status, what).toBe(403);
      const others = await admin.post(path, chosen([ids[0] ?? 0, 999]));
      expect([others.status, others.text.includes('does not have this member')]).toEqual([
        404,
        true,
      ]);
    }
    await manager.update(GithubIntegration, { id: integration.id }, { disconnectedAt: new Date() });
    expect((await admin.post(`${page}/disable`, chosen(ids))).status).toBe(409);
    expect((await admin.post(`${page}/export`, chosen(ids))).status).toBe(200);
    expect(await disabled()).toBe(0);
  });

  it.each([
    { what: 'nobody', ids: [], says: 'Nobody is chosen.' },
    { what: '501 people', ids: Array.from({ length: 501 }, (_, i) => i + 1), says: 'at most 500' },
    { what: 'no id', ids: ['1', 'x'], says: 'an id that is not valid' },
    { what: 'a negative id', ids: ['-1'], says: 'an id that is not valid' },
  ])('are refused where they are $what', async ({ ids, says }) => {
    const { admin, page, disabled } = await started();
    for (const headers of [{}, htmx]) {
      const answer = await admin.post(`${page}/disable`, chosen(ids), headers);
      expect([answer.status, answer.text.includes(says)]).toEqual([422, true]);
    }
    expect(await disabled()).toBe(0);
  });
});

describe('chosen removals', () => {
  it('are approved, and the others stay held and can be decided', async () => {
    const { service, admin, runs, run, leavers, page } = await afterLeaving(8);
    const path = `${runs}/${run.id}`;
    const before = (await admin.get(path)).text;
    const boxes = [...before.matchAll(/form="chosen" name="chosen" value="(\d+)"/g)];
    expect(boxes.map(([, id]) => Number(id)).toSorted()).toEqual(
      leavers.map(({ id }) => id).toSorted(),
    );
    const some = leavers.slice(0, 3).map(({ id }) => id);
    const answer = await admin.post(`${path}/removals/chosen`, chosen(some));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, path]);
    const after = (await admin.follow(answer)).text;
    expect(after.match(/<li class="held/g)).toHaveLength(5);
    expect(after).toMatch(
      /5 people may have left[\s\S]*id="changes-left"[^>]*>Left\s*<span[^>]*>3</,
    );
    expect((await admin.get(page)).text).toContain('5 people may have left.');
    const again = await admin.post(`${path}/removals/chosen`, chosen(some));
    expect(again.status).toBe(409);
    expect(again.text).toMatch(/role="alert"[\s\S]*are not held any more[\s\S]*id="chosen"/);
    await admin.post(`${path}/removals`, { decision: 'reject' });
    expect(await service.dataSource.manager.countBy(Member, { status: 'left' })).toBe(3);
    expect((await admin.get(path)).text).not.toContain('name="chosen"');
  });

  it('are for admins of the team, and nobody is not everybody', async () => {
    const { service, admin, runs, run, leavers } = await afterLeaving(8);
    const removals = `${runs}/${run.id}/removals/chosen`;
    const ids = chosen(leavers.map(({ id }) => id));
    const member = await signedIn(service, { role: 'member' });
    expect((await member.post(removals, ids)).status).toBe(403);
    expect((await member.get(`${runs}/${run.id}`)).text).not.toContain('name="chosen"');
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.post(removals, ids)).status).toBe(404);
    const site = { Origin: 'https://evil.example' };
    expect((await admin.post(removals, ids, site)).status).toBe(403);
    const nobody = await admin.post(removals, {});
    expect([nobody.status, nobody.text.includes('Nobody is chosen.')]).toEqual([422, true]);
    expect(await service.dataSource.manager.countBy(Member, { status: 'left' })).toBe(0);
  });
});
