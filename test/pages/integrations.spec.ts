import { describe, expect, it } from 'vitest';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { MemberCounts } from '../../src/members/member-counts.entity.js';
import { connect, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { afterLeaving, startPages } from './support/pages.js';

const DAY = 86_400_000;

/** The page with one line a text, and no white space around. */
const words = (html: string): string =>
  html
    .slice(html.indexOf('<main'))
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

describe.each(ways)('the integrations, $way', (way) => {
  it('say of each how large it is, when it is synced, and how its credential is', async () => {
    const { service, admin, integration, organization, others } = await startPages({
      members: 12,
      ...way,
    });
    await syncToEnd(service, integration.id);
    const [gone] = others;
    if (gone) organization.leave(gone);
    await syncToEnd(service, integration.id);
    const { text } = await admin.get('/integrations');
    const shown = words(text);
    expect(shown).toContain('11 active members · 1 left');
    expect(shown).toMatch(/Last sync (now|\d+ seconds? ago)/);
    expect(shown).toContain('Next sync Manual only');
    expect(shown).toContain('Access Personal access token, no expiry');
    expect(shown).toContain('Can read all members, roles, two-factor authentication');
    expect(shown).toContain('Complete');
    expect(text).toContain(`action="/integrations/github/${integration.id}/sync"`);
    expect(text).not.toContain('every 3s');
  });

  it('sync one on the spot, where an admin asks', async () => {
    const { service, admin, integration, of, simulator } = await startPages(way);
    const held = simulator.faults.on(/members/).hold();
    const asked = await admin.post(`${of}/sync`);
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/integrations']);
    await held.arrived;
    const { text } = await admin.follow(asked);
    expect(words(text)).toContain('Syncing');
    expect(text).toContain('hx-trigger="every 3s, ');
    held.release();
    await syncToEnd(service, integration.id);
    expect(await service.dataSource.manager.findOneByOrFail(MemberSyncRun, {})).toMatchObject({
      ...{ trigger: 'manual', requestedBy: 'admin@default.example' },
    });
    const member = await signedIn(service, { role: 'member' });
    expect((await member.post(`${of}/sync`)).status).toBe(403);
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.post(`${of}/sync`)).status).toBe(404);
  });

  it('read in as few statements for thirty as for three', async () => {
    const { service, admin, world, owner, token } = await startPages(way);
    const statements = async () => {
      const seen: string[] = [];
      const { logger } = service.dataSource;
      const log = { ...logger, logQuery: (query: string) => void seen.push(query) };
      Object.setPrototypeOf(log, Object.getPrototypeOf(logger));
      Object.assign(service.dataSource, { logger: log });
      await admin.get('/integrations');
      Object.assign(service.dataSource, { logger });
      return seen.length;
    };
    const more = async (from: number, to: number) => {
      for (let i = from; i < to; i++) {
        world.addOrganization({ login: `org-${i}` }).join(owner);
        await connect(service, token, { organization: `org-${i}` });
      }
    };
    await more(1, 3);
    const few = await statements();
    await more(3, 30);
    expect(await statements()).toBe(few);
  });

  it('put first what needs attention, and say why', async () => {
    const { service, admin, run, runs, world, owner, token } = await afterLeaving(8, way);
    world.addOrganization({ login: 'zeta' }).join(owner);
    world.addToken({ token: 'ghp_zeta', user: owner });
    const zeta = await connect(service, 'ghp_zeta', { organization: 'zeta' });
    world.addOrganization({ login: 'beta' }).join(owner);
    await connect(service, token, { organization: 'beta' });
    world.revokeToken('ghp_zeta');
    await syncToEnd(service, zeta.id);
    const { text } = await admin.get('/integrations');
    const shown = words(text);
    expect(shown).toContain('3 organizations · 20 active members · 2 need attention');
    const order = ['Needs attention', 'acme', 'zeta', 'Connected', 'beta'].map((one) =>
      shown.lastIndexOf(` ${one} `),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(shown).toContain('8 removals need a decision. Approve or reject');
    expect(text).toContain(`href="${runs}/${run.id}#held"`);
    expect(shown).toContain('Personal access token, Refused by GitHub');
    expect(shown).toContain('GitHub rejected the token');
  });

  it('warn two weeks before a credential ends, and when it has', async () => {
    const { service, admin } = await startPages(way);
    const { manager } = service.dataSource;
    const { id } = await manager.findOneByOrFail(Credential, {});
    const shownWith = async (days: number) => {
      const expiresAt = new Date(Date.now() + days * DAY + 60_000);
      await manager.update(Credential, { id }, { expiresAt });
      return (await admin.get('/integrations')).text;
    };
    const fine = await shownWith(15);
    expect(words(fine)).toContain('Personal access token, expires in 15 days');
    expect(fine).not.toContain('text-warning');
    const near = await shownWith(12);
    expect(near).toMatch(/text-warning">expires <time[^>]*>in 12 days/);
    const ended = await shownWith(-2);
    expect(ended).toMatch(
      /text-error">expired <time[^>]*>yesterday|text-error">expired <time[^>]*>\d+ days? ago/,
    );
  });
});

describe.each(ways)('disconnecting on the page, $way', (way) => {
  async function started(options: Parameters<typeof startPages>[0] = {}) {
    const context = await startPages({ ...way, ...options });
    await syncToEnd(context.service, context.integration.id);
    return { ...context, disconnect: `${context.of}/disconnect` };
  }

  it('says what happens, asks for the name, and keeps the directory', async () => {
    const { admin, disconnect, of, page, runs, token, service } = await started();
    expect((await admin.get(`${of}/settings`)).text).toContain(`href="${disconnect}"`);
    const form = words((await admin.get(disconnect)).text);
    expect(form).toContain('The credential is deleted from Rollcall.');
    expect(form).toContain('3 people and all runs and changes stay readable');
    expect(form).toContain('Type acme to confirm');
    const wrong = await admin.post(disconnect, { name: 'acne', directory: 'delete' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Type acme to confirm.');
    expect(wrong.text).toContain('value="acne"');
    expect(wrong.text).toMatch(/value="delete" checked/);
    const unchosen = await admin.post(disconnect, { name: 'acme', directory: 'both' });
    expect(unchosen.status).toBe(422);
    expect(unchosen.text).toContain('Choose whether to keep or delete the directory.');

    const done = await admin.post(disconnect, { name: ' ACME ', directory: 'keep' });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/integrations']);
    const list = (await admin.follow(done)).text;
    expect(words(list)).toContain('acme is disconnected. Its directory is kept.');
    expect(words(list)).toMatch(/Disconnected \d+ \w{3} \d{4}/);
    expect(list).toContain('>Connect again<');
    expect(list).not.toContain('/sync"');
    expect(words((await admin.get('/integrations')).text)).not.toContain('acme is disconnected.');

    const directory = (await admin.get(page)).text;
    expect(directory.match(/<tr[^>]* class="member[ "]/g)).toHaveLength(3);
    expect(directory).not.toContain('id="sync-now"');
    expect(words(directory)).toContain('The directory is kept, read-only, and no longer synced.');
    expect(directory).not.toContain('/disable"');
    expect(directory).not.toContain('>Actions<');
    const member = await service.dataSource.manager.findOneByOrFail(Member, {});
    const edit = await admin.post(`${page}/${member.id}/disable`, {}, { 'HX-Request': 'true' });
    expect(edit.status).toBe(409);
    expect(edit.text).toContain('Its directory is read-only.');
    const today = new Date().toISOString().slice(0, 10);
    for (const path of [runs, `${page}?asOf=${today}`, `${page}/sync/progress`])
      expect((await admin.get(path)).status).toBe(200);
    for (const address of [`${page}/sync`, `${of}/sync`]) {
      const refused = await admin.post(address, {}, { 'HX-Request': 'true' });
      expect(refused.status).toBe(409);
      expect(refused.text).toContain('Connect it again');
    }
    expect((await admin.get(`${of}/settings`)).text).not.toContain('name="keepDays"');
    expect((await admin.post(`${of}/settings`, { kind: 'daily' })).status).toBe(409);

    await admin.post('/onboarding/token', { token });
    const again = await admin.post('/onboarding/organizations', { organization: 'acme' });
    expect(again.headers.get('location')).toBe(page);
    expect((await admin.get(page)).text).toContain('id="sync-now"');
  });

  it('counts its members apart', async () => {
    const { service, admin, disconnect, world, owner } = await started();
    world.addOrganization({ login: 'zeta' }).join(owner);
    world.addToken({ token: 'ghp_zeta', user: owner });
    const zeta = await connect(service, 'ghp_zeta', { organization: 'zeta' });
    await syncToEnd(service, zeta.id);
    await admin.post(disconnect, { name: 'acme', directory: 'keep' });
    const shown = words((await admin.get('/integrations')).text);
    expect(shown).toContain(
      '2 organizations · 1 active member · 1 disconnected with 3 members kept',
    );
    expect(shown).toContain('3 members kept');
    expect(shown).not.toContain('3 active members');
  });

  it('deletes everything, at once or later', async () => {
    const { admin, disconnect, page } = await started();
    await admin.post(disconnect, { name: 'acme', directory: 'keep' });
    const later = await admin.get(disconnect);
    expect(words(later.text)).toContain('are deleted permanently');
    const done = await admin.post(disconnect, { name: 'acme', directory: 'delete' });
    expect((await admin.follow(done)).text).toContain('Its directory is deleted.');
    expect((await admin.get(page)).status).toBe(404);
  });

  it('waits for a sync, and counts the people who are stored already', async () => {
    const { admin, disconnect, page, service, integration, simulator } = await started();
    // A first sync stores its counts at its end.
    await service.dataSource.manager.delete(MemberCounts, { integrationId: integration.id });
    const held = simulator.faults.on(/members/).hold();
    await admin.post(`${page}/sync`);
    await held.arrived;
    const asked = (await admin.get(disconnect)).text;
    expect(words(asked)).toContain('A sync is running. 3 people are in the directory so far.');
    expect(asked).not.toContain('Type acme to confirm');
    const refused = await admin.post(disconnect, { name: 'acme', directory: 'keep' });
    expect(refused.status).toBe(409);
    expect(words(refused.text).match(/A sync is running/g)).toHaveLength(1);
    expect(words(refused.text)).not.toContain('cannot be disconnected during a sync');
    held.release();
    await syncToEnd(service, integration.id);
    expect((await admin.get(disconnect)).text).toContain('Type acme to confirm');
  });

  it('is for admins of the team', async () => {
    const { service, disconnect, page } = await started();
    const form = { name: 'acme', directory: 'delete' };
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get(disconnect)).status).toBe(403);
    expect((await member.post(disconnect, form)).status).toBe(403);
    const list = (await member.get('/integrations')).text;
    expect(list).not.toContain('/settings');
    expect(list).not.toContain('/sync"');
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.get(disconnect)).status).toBe(404);
    expect((await stranger.post(disconnect, form)).status).toBe(404);
    expect((await member.get(page)).status).toBe(200);
  });
});
