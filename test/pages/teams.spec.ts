import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { UserInvitation } from '../../src/accounts/invitations/user-invitation.entity.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { Team } from '../../src/accounts/users/team.entity.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { connect, syncToEnd } from '../support/runs.js';
import { startGithub, ways } from '../support/service.js';
import { signedIn, somebody, startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';

const FIRST = { slug: 'blue', email: 'grace@example.com' };

/** Tables that outlive a team: the audit log, and what no team owns. */
const KEPT = new Set(['audit_entries', 'audit_chains', 'known_sign_ins', 'sign_in_counts']);

describe.each(ways)('the teams page, $way', (way) => {
  async function start() {
    const github = await startGithub({ members: 8 });
    const service = await startWeb({ ...way, env: { GITHUB_API_URL: github.simulator.url } });
    const root = await signedIn(service, { email: 'root@example.com' });
    const { manager } = service.dataSource;
    await manager.update(User, { email: 'root@example.com' }, { instanceAdmin: true });
    const idOf = async (slug: string) => (await manager.findOneByOrFail(Team, { slug })).id;
    return { github, service, root, manager, idOf };
  }

  it('makes a team with a link for its first admin', async () => {
    const { root, manager, service } = await start();
    const made = await root.post('/teams', FIRST);
    expect(made.status).toBe(200);
    const link = /\/invitations\/[\w-]{43}/.exec(made.text)?.[0] ?? '';
    const { text } = await root.get('/teams');
    expect(text).toContain('blue');
    expect(text).not.toContain(FIRST.email);
    expect((await root.post('/team', { team: 'blue' })).status).toBe(404);
    const grace = new WebClient(service.url);
    await grace.post(link, { name: '', password: 'four unrelated words' });
    expect((await grace.get('/users')).text).toContain(FIRST.email);
    const [entry] = await manager.findBy(AuditEntry, { action: 'team.create' });
    expect(entry).toMatchObject({ teamId: 0, subject: 'blue', actorName: 'root@example.com' });
    expect(JSON.stringify(entry)).not.toContain(link.slice(-43));
  });

  it('makes the link for the first admin again, until somebody is in the team', async () => {
    const { root, manager, service, idOf } = await start();
    const linkIn = (text: string) => /\/invitations\/[\w-]{43}/.exec(text)?.[0] ?? '';
    const earlier = linkIn((await root.post('/teams', FIRST)).text);
    const team = `/teams/${await idOf('blue')}`;
    await manager.update(UserInvitation, { email: FIRST.email }, { expiresAt: new Date() });
    expect((await root.get(team)).text).toContain('Nobody is in the team yet.');
    const wrong = await root.post(`${team}/invitation`, { email: 'nobody' });
    expect([wrong.status, wrong.text.includes('aria-invalid="true"')]).toEqual([422, true]);
    const email = 'ada@example.com';
    const made = await root.post(`${team}/invitation`, { email });
    expect(made.status).toBe(200);
    const other = await root.post(`${team}/invitation`, { email: 'eve@example.com' });
    const ada = new WebClient(service.url);
    for (const old of [earlier, linkIn(made.text)]) expect((await ada.get(old)).status).toBe(410);
    const eve = new WebClient(service.url);
    await eve.post(linkIn(other.text), { name: '', password: 'four unrelated words' });
    expect((await eve.get('/users')).text).toContain('eve@example.com');
    expect((await root.get(team)).text).not.toContain('Nobody is in the team yet.');
    const late = await root.post(`${team}/invitation`, { email });
    expect([late.status, late.text.includes('There is somebody in the team')]).toEqual([409, true]);
    expect(await manager.findBy(AuditEntry, { action: 'user.invite' })).toMatchObject([
      { teamId: 0, subject: email, after: { email, role: 'admin', team: 'blue' } },
      { teamId: 0, subject: 'eve@example.com' },
    ]);
  });

  it('refuses a name that is taken or none, and a bad address', async () => {
    const { root, manager } = await start();
    await root.post('/teams', FIRST);
    for (const wrong of [{}, { slug: 'Not a team' }, { slug: '' }, { slug: 'red', email: 'x' }]) {
      const { status, text } = await root.post('/teams', { ...FIRST, ...wrong });
      expect(status).toBe(422);
      expect(text).toContain('aria-invalid="true"');
    }
    expect(await manager.count(Team)).toBe(2);
  });

  it('renames a team, which keeps its id and users', async () => {
    const { service, root, manager, idOf } = await start();
    const member = await signedIn(service, { team: 'blue' });
    const id = await idOf('blue');
    expect((await root.post(`/teams/${id}/rename`, { slug: 'default' })).status).toBe(422);
    expect((await root.post(`/teams/${id}/rename`, { slug: 'green' })).status).toBe(303);
    expect((await root.get('/teams')).text).toContain('The team blue is now called green.');
    expect((await service.app.get(TeamsService, { strict: false }).get('green')).id).toBe(id);
    expect((await member.get('/integrations')).text).toContain('green');
    const own = await root.post(`/teams/${await idOf('default')}/rename`, { slug: 'first' });
    expect(own.status).toBe(422);
    expect(own.text).toContain('always exists');
    expect(await manager.findBy(AuditEntry, { action: 'team.rename' })).toMatchObject([
      { before: { slug: 'blue' }, after: { slug: 'green' } },
    ]);
  });

  it('deletes a team with everything, and nothing else', async () => {
    const { github, service, root, manager, idOf } = await start();
    const before = await rowsOf(manager);
    const { email } = await somebody(service, { team: 'blue', email: 'lonely@example.com' });
    const both = await signedIn(service, { team: 'blue', email: 'root@example.com' });
    const { id: teamId } = await service.app.get(TeamsService, { strict: false }).get('blue');
    const integration = await connect(service, github.token, { teamId });
    await syncToEnd(service, integration.id);
    await both.post('/team', { team: 'blue' });
    await both.post('/api-tokens', { name: 'x', access: 'read', days: '30' });
    await both.post('/users', { email: 'invited@example.com', role: 'member' });
    await signedIn(service, { team: 'blue', email });
    const page = (await root.get(`/teams/${teamId}/delete`)).text;
    for (const words of ['1 organization ', '8 members', '2 users']) expect(page).toContain(words);
    const wrong = await root.post(`/teams/${teamId}/delete`, { slug: 'Blue' });
    expect(wrong.status).toBe(422);
    expect((await root.post(`/teams/${teamId}/delete`, { slug: 'blue' })).status).toBe(303);
    expect((await root.get('/teams')).text).toContain('The team blue is deleted');
    const after = await rowsOf(manager);
    // Signed in twice more as the one in both teams.
    expect({ ...after, sessions: 0 }).toEqual({ ...before, sessions: 0 });
    expect(await manager.countBy(User, { email })).toBe(0);
    const [entry] = await manager.findBy(AuditEntry, { action: 'team.delete' });
    expect(entry?.before).toEqual({ slug: 'blue', organizations: 1, members: 8, users: 2 });
    expect(await idOf('default')).toBe(1);
  });

  it('never deletes the team default, a team that syncs, or the only one of an instance admin', async () => {
    const { github, service, root, manager, idOf } = await start();
    const remove = (id: number, slug: string) => root.post(`/teams/${id}/delete`, { slug });
    const refused = await remove(await idOf('default'), 'default');
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('always exists');
    await somebody(service, { team: 'blue', email: 'second@example.com' });
    const id = await idOf('blue');
    await manager.update(User, { email: 'second@example.com' }, { instanceAdmin: true });
    expect((await remove(id, 'blue')).text).toContain('is only in this team');
    await manager.update(User, { email: 'second@example.com' }, { instanceAdmin: false });
    const integration = await connect(service, github.token, { teamId: id });
    const run = await syncToEnd(service, integration.id);
    const unfinished = { unfinishedIntegrationId: integration.id };
    await manager.update(MemberSyncRun, { id: run.id }, unfinished);
    const syncing = await remove(id, 'blue');
    expect(syncing.status).toBe(409);
    expect(syncing.text).toContain('cannot be deleted during a sync');
    expect(await manager.countBy(Membership, { teamId: id })).toBe(1);
    await manager.update(MemberSyncRun, { id: run.id }, { unfinishedIntegrationId: null });
    expect((await remove(id, 'blue')).status).toBe(303);
    expect((await remove(id, 'blue')).status).toBe(404);
  });

  it('is for instance admins alone', async () => {
    const { service, root, idOf } = await start();
    const id = await idOf('default');
    const admin = await signedIn(service);
    expect((await root.get('/integrations')).text).toContain('href="/teams"');
    expect((await admin.get('/integrations')).text).not.toContain('href="/teams"');
    for (const path of ['/teams', `/teams/${id}`, `/teams/${id}/delete`])
      expect((await admin.get(path)).status).toBe(403);
    for (const path of ['', `/${id}/rename`, `/${id}/invitation`, `/${id}/delete`])
      expect((await admin.post(`/teams${path}`, FIRST)).status).toBe(403);
  });

  type Manager = Awaited<ReturnType<typeof start>>['manager'];

  /** How many rows each table has. */
  async function rowsOf(manager: Manager): Promise<Record<string, number>> {
    const names = manager.dataSource.entityMetadatas.map(({ tableName }) => tableName);
    const counts: Record<string, number> = {};
    for (const name of names.filter((one) => !KEPT.has(one)))
      counts[name] = Number((await manager.query(`SELECT COUNT(*) AS n FROM ${name}`))[0].n);
    return counts;
  }
});
