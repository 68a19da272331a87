import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { ways } from '../support/service.js';
import { signedIn, somebody, startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';

const GRACE = 'grace@example.com';
const PASSWORD = 'four unrelated words';

const linkIn = (text: string): string => /\/invitations\/[\w-]{43}/.exec(text)?.[0] ?? '';

describe.each(ways)('the users page, $way', ({ dialect }) => {
  async function start() {
    const service = await startWeb({ dialect });
    const admin = await signedIn(service);
    const { manager } = service.dataSource;
    const idOf = async (email: string) => (await manager.findOneByOrFail(User, { email })).id;
    const invite = async (email = GRACE, role = 'member') =>
      linkIn((await admin.post('/users', { email, role })).text);
    return { service, admin, manager, idOf, invite, stranger: new WebClient(service.url) };
  }

  it('lists the users, and invitations until they are withdrawn', async () => {
    const { service, admin, invite, stranger } = await start();
    await somebody(service, { role: 'member' });
    const link = await invite();
    const { text } = await admin.get('/users');
    expect(text).toContain('member@default.example');
    expect(text).toContain('Not seen yet');
    expect(text).toContain('Here now');
    expect(text).toContain(GRACE);
    expect(linkIn(text)).toBe('');
    const [, withdraw = ''] = /action="([^"]+\/withdraw)"/.exec(text) ?? [];
    expect((await admin.post(withdraw)).status).toBe(303);
    const list = (await admin.get('/users')).text;
    expect(list).toContain(`The invitation of ${GRACE} is withdrawn.`);
    expect((await admin.post(withdraw)).status).toBe(404);
    for (const answer of [await stranger.get(link), await stranger.post(link)]) {
      expect(answer.status).toBe(410);
      expect(answer.text).toContain('The invitation was withdrawn.');
    }
  });

  it('invites somebody new, who chooses a password and is signed in', async () => {
    const { admin, invite, stranger, manager, idOf } = await start();
    const link = await invite();
    const page = (await stranger.get(link)).text;
    expect(page).toContain('Join the team default');
    expect(page).toContain(GRACE);
    const weak = await stranger.post(link, { name: 'Grace', password: 'short' });
    expect(weak.status).toBe(422);
    expect(weak.text).toContain('Use at least 12 characters.');
    expect(weak.text).toContain('value="Grace"');
    const joined = await stranger.post(link, { name: 'Grace', password: PASSWORD });
    expect(joined.status).toBe(303);
    expect((await stranger.get('/integrations')).status).toBe(200);
    expect((await stranger.get('/users')).status).toBe(403);
    const again = await new WebClient(stranger.url).get(link);
    expect(again.status).toBe(410);
    expect(again.text).toContain('already accepted');
    expect((await admin.get('/users')).text).toContain('Grace');
    expect(await manager.findBy(Membership, { userId: await idOf(GRACE) })).toMatchObject([
      { role: 'member' },
    ]);
    const [entry] = await manager.findBy(AuditEntry, { action: 'invitation.accept' });
    expect(entry).toMatchObject({ actorKind: 'user', actorName: GRACE });
  });

  it('invites an existing user, who must sign in, and nobody else accepts', async () => {
    const { service, invite, stranger } = await start();
    const grace = await somebody(service, { email: GRACE, team: 'blue' });
    const eve = await signedIn(service, { email: 'eve@example.com', team: 'blue' });
    const link = await invite();
    const asked = (await stranger.get(link)).text;
    expect(asked).toContain(`/sign-in?next=${link}`);
    expect((await stranger.post(link, { password: PASSWORD })).status).toBe(403);
    const other = await eve.get(link);
    expect(other.text).toContain('Only grace@example.com can accept this invitation.');
    expect((await eve.post(link)).status).toBe(403);
    const signIn = await stranger.post('/sign-in', { ...grace, next: link });
    expect(signIn.headers.get('location')).toBe(link);
    expect((await stranger.post(link)).status).toBe(303);
    expect((await stranger.get('/integrations')).text).toMatch(/title="Your team">default</);
  });

  it('refuses a signed-in user the invitation of somebody new', async () => {
    const { admin, invite, manager } = await start();
    const link = await invite();
    expect((await admin.post(link, { password: PASSWORD })).status).toBe(403);
    expect(await manager.countBy(User, { email: GRACE })).toBe(0);
  });

  it('takes an address and a role, and keeps what was typed', async () => {
    const { admin } = await start();
    const wrong = await admin.post('/users', { email: 'nobody', role: 'admin' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('is not an email address.');
    expect(wrong.text).toContain('value="nobody"');
    expect(wrong.text).toContain('<option value="admin" selected>');
    for (const form of [
      { email: GRACE, role: 'owner' },
      { email: 'admin@default.example', role: 'member' },
    ])
      expect((await admin.post('/users', form)).status).toBe(422);
  });

  it('changes roles, ends sessions and removes, but keeps the last admin', async () => {
    const { service, admin, idOf } = await start();
    const member = await signedIn(service, { role: 'member' });
    const [own, theirs] = [
      await idOf('admin@default.example'),
      await idOf('member@default.example'),
    ];
    for (const path of ['role', 'remove']) {
      const refused = await admin.post(`/users/${own}/${path}`, { role: 'member' });
      expect(refused.status).toBe(409);
      expect(refused.text).toContain('This is the last admin of the team.');
    }
    expect((await admin.post(`/users/${theirs}/role`, { role: 'admin' })).status).toBe(303);
    expect((await admin.get('/users')).text).toContain('member@default.example is now an admin.');
    expect((await member.get('/users')).status).toBe(200);
    const demoted = await admin.post(`/users/${own}/role`, { role: 'member' });
    expect(demoted.headers.get('location')).toBe('/');
    expect((await admin.get('/users')).status).toBe(403);
    expect((await member.post(`/users/${own}/sessions/end`)).status).toBe(303);
    expect((await admin.get('/integrations')).status).toBe(302);
    expect((await member.get(`/users/${own}/remove`)).text).toContain('from the team?');
    expect((await member.post(`/users/${own}/remove`)).status).toBe(303);
    expect((await member.get('/users')).text).toContain(
      'admin@default.example is no longer in the team.',
    );
  });

  it('shows nothing of another team', async () => {
    const { service, idOf, invite, manager } = await start();
    await invite();
    const stranger = await signedIn(service, { team: 'other' });
    const id = await idOf('admin@default.example');
    expect((await stranger.get('/users')).text).not.toContain('@default.example');
    for (const path of [`/users/${id}`, `/users/${id}/remove`])
      expect((await stranger.get(path)).status).toBe(404);
    for (const path of ['role', 'remove', 'sessions/end'])
      expect((await stranger.post(`/users/${id}/${path}`, { role: 'member' })).status).toBe(404);
    expect((await stranger.post('/users/invitations/1/withdraw')).status).toBe(404);
    expect(await manager.countBy(Membership, { userId: id, role: 'admin' })).toBe(1);
  });
});

it('lists a hundred users on a page', async () => {
  const service = await startWeb();
  const admin = await signedIn(service);
  for (let i = 0; i < 100; i++) await somebody(service, { email: `user-${i}@example.com` });
  const first = (await admin.get('/users')).text;
  const [, next = ''] = /href="(\/users\?after=\d+)"/.exec(first) ?? [];
  expect(first).not.toContain('user-99@example.com');
  const second = (await admin.get(next)).text;
  expect(second).toContain('user-99@example.com');
  expect(second).not.toContain('?after=');
});
