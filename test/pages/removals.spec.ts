import { describe, expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { finished, requestSync, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { afterLeaving, loginsOf, startPages } from './support/pages.js';

describe.each(ways)('held removals, $way', (way) => {
  it('are shown by name, and exactly they are removed when an admin approves', async () => {
    const { service, admin, runs, page, run, leavers, integration } = await afterLeaving(8, way);
    const status = (await admin.get(`${page}/sync/progress`)).text;
    expect(status).toMatch(/8 people may have left/);
    expect(status).toContain(`href="${runs}/${run.id}#held"`);
    expect(status).toMatch(/badge-warning[^>]*>Needs a decision<[\s\S]*>8<\/strong> removals held/);
    expect(status).not.toMatch(/badge-success|Nothing changed/);
    expect(status).toMatch(/value="approve">Approve<[\s\S]*value="reject">Reject</);
    for (const path of [runs, `${runs}/${run.id}`, '/integrations'])
      expect((await admin.get(path)).text, path).toContain('>Needs a decision<');
    expect(status).not.toMatch(/hx-get|hx-trigger|hx-swap/);
    const before = (await admin.get(`${runs}/${run.id}`)).text;
    const held = [
      ...before.matchAll(/<li class="held">[\s\S]*?<p class="login[^>]*>(?:<a[^>]*>)?([^<]+)</g),
    ].map(([, one]) => one);
    expect(held.toSorted()).toEqual(loginsOf(leavers));
    expect(before).toMatch(/value="approve">Approve<[\s\S]*value="reject">Reject</);
    const answer = await admin.post(`${runs}/${run.id}/removals`, { decision: 'approve' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${runs}/${run.id}`]);
    const after = (await admin.follow(answer)).text;
    expect(after).toMatch(
      /border-base-300"\s+aria-labelledby="held-title"[\s\S]*8 removals approved by <bdi>admin@default\.example<[\s\S]*<time/,
    );
    expect(after).not.toMatch(/may have left|Needs a decision/);
    expect(after).not.toContain('value="approve"');
    expect(after).toMatch(/id="changes-left"[^>]*>Left\s*<span[^>]*>8</);
    const changes = after.slice(after.indexOf('id="changes-left"'));
    expect(changes.match(/admin@default\.example/g), 'the name is said once').toHaveLength(1);
    const decided = /8 removals approved by <bdi>admin@default\.example<\/bdi>, <time/;
    for (const path of [page, runs]) expect((await admin.get(path)).text).toMatch(decided);
    const { manager } = service.dataSource;
    const left = await manager.findBy(Member, { integrationId: integration.id, status: 'left' });
    expect(loginsOf(left)).toEqual(loginsOf(leavers));
    expect((await admin.get(page)).text).not.toContain('may have left');
  });

  it('change nobody when an admin rejects, and can be decided once', async () => {
    const { service, admin, runs, page, run } = await afterLeaving(8, way);
    const removals = `${runs}/${run.id}/removals`;
    const answer = await admin.post(removals, { decision: 'reject', back: page });
    expect(answer.headers.get('location')).toBe(page);
    const card = (await admin.follow(answer)).text;
    expect(card).toMatch(/8 removals rejected by <bdi>admin@default\.example/);
    expect(card).not.toMatch(/\bheld\b(?!")|Needs a decision/);
    expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(20);
    const text = (await admin.get(`${runs}/${run.id}`)).text;
    expect(text).toMatch(/8 removals rejected by <bdi>admin@default\.example/);
    expect(text).not.toContain('value="reject"');
    expect((await admin.get(page)).text).not.toContain('may have left');
    const again = await admin.post(removals, { decision: 'approve' });
    expect(again.status).toBe(409);
    expect(again.text).toMatch(/role="alert"[\s\S]*already decided[\s\S]*8 removals rejected by/);
    expect(again.text, 'it stays until somebody leaves it').not.toContain('focus from:window');
    expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(20);
  });
});

describe('held removals', () => {
  it('are stale once a newer run has finished, and wait while one is under way', async () => {
    const { simulator, service, admin, runs, run, integration } = await afterLeaving(8);
    const held = simulator.faults.on(/members/).hold();
    const next = await requestSync(service, integration.id);
    await held.arrived;
    const during = (await admin.get(`${runs}/${run.id}`)).text;
    expect(during).toContain('A sync of this organization is already running.');
    expect(during).not.toContain('value="approve"');
    const early = await admin.post(`${runs}/${run.id}/removals`, { decision: 'approve' });
    expect([early.status, early.text.includes('role="alert"')]).toEqual([409, true]);
    held.release();
    await finished(service, next.id);
    const later = (await admin.get(`${runs}/${run.id}`)).text;
    expect(later).toContain('A newer run has finished');
    expect(later).toContain('8 removals were not decided');
    expect(later).not.toContain('value="approve"');
    const late = await admin.post(`${runs}/${run.id}/removals`, { decision: 'approve' });
    expect(late.status).toBe(409);
    expect(await service.dataSource.manager.countBy(Member, { status: 'left' })).toBe(0);
    expect((await admin.get(`${runs}/${next.id}`)).text).toContain('value="approve"');
  });

  it('are for admins of the team to decide, and take no other word', async () => {
    const { service, admin, page, runs, run } = await afterLeaving(8);
    const removals = `${runs}/${run.id}/removals`;
    const member = await signedIn(service, { role: 'member' });
    expect((await member.post(removals, { decision: 'approve' })).status).toBe(403);
    const seen = (await member.get(`${runs}/${run.id}`)).text;
    expect(seen).toContain('<li class="held">');
    expect(seen).not.toMatch(/value="approve"|Undo this run/);
    expect((await member.get(page)).text).toMatch(/may have left[\s\S]*See who/);
    expect((await member.get(page)).text).not.toContain('value="approve"');
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.post(removals, { decision: 'approve' })).status).toBe(404);
    expect((await admin.post(`${runs}/999/removals`, { decision: 'approve' })).status).toBe(404);
    const wrong = await admin.post(removals, { decision: 'maybe' });
    expect([wrong.status, wrong.text.includes('Approve the removals or reject them.')]).toEqual([
      422,
      true,
    ]);
    const site = { Origin: 'https://evil.example' };
    expect((await admin.post(removals, { decision: 'approve' }, site)).status).toBe(403);
    expect(await service.dataSource.manager.countBy(Member, { status: 'left' })).toBe(0);
  });

  it('of GitHub teams are shown by team and name, and decided with the others', async () => {
    const { service, integration, organization, admin, runs, page, others } = await startPages({
      members: 10,
    });
    const { teams } = organization;
    const [core, web] = [teams.create('<b>Core</b>'), teams.create('Web')];
    for (const team of [core, web]) for (const user of others) teams.add(team, user);
    await syncToEnd(service, integration.id);
    for (const user of others) teams.remove(core, user);
    teams.delete(web);
    const run = await syncToEnd(service, integration.id);
    const status = (await admin.get(`${page}/sync/progress`)).text;
    expect(status).toMatch(/10 removals from GitHub teams are held\.[\s\S]*Nothing was removed/);
    expect(status).toMatch(/>10<\/strong> removals from teams held/);
    for (const path of [runs, `${runs}/${run.id}`, '/integrations'])
      expect((await admin.get(path)).text, path).toContain('>Needs a decision<');
    expect((await admin.get('/integrations')).text).toContain('10 removals need a decision.');
    const before = (await admin.get(`${runs}/${run.id}`)).text;
    expect(before).toMatch(/held-title"[^>]*>\s*1 GitHub team and 18 memberships may be gone\s*</);
    expect(before).toContain('<bdi>&lt;b&gt;Core&lt;/b&gt;</bdi>');
    for (const { login } of others) expect(before).toContain(`<bdi>${login}</bdi></a>`);
    expect(before).not.toMatch(/Choose all|name="chosen"/);
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get(`${runs}/${run.id}`)).text).not.toContain('value="approve"');
    const answer = await admin.post(`${runs}/${run.id}/removals`, { decision: 'approve' });
    const after = (await admin.follow(answer)).text;
    expect(after).toMatch(/10 removals approved by <bdi>admin@default\.example</);
    expect(after).toContain('These teams and memberships were ended, ');
    expect(after).not.toMatch(/may be gone|Needs a decision/);
    expect((await admin.get(page)).text).toContain('10 removals approved by');
  });

  it('shows nothing to decide for a run that held nobody', async () => {
    const { service, integration, admin, runs } = await startPages();
    const run = await syncToEnd(service, integration.id);
    expect((await admin.get(`${runs}/${run.id}`)).text).not.toContain('id="held"');
    const answer = await admin.post(`${runs}/${run.id}/removals`, { decision: 'approve' });
    expect([answer.status, answer.text.includes('held no removals')]).toEqual([409, true]);
  });
});
