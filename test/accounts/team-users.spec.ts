import { describe, expect, it } from 'vitest';
import { ApiToken } from '../../src/accounts/api-tokens/api-token.entity.js';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { TeamUsersService } from '../../src/accounts/users/team-users.service.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { dialects } from '../support/servers/databases.js';
import { join, signIn, startAccounts } from './support/accounts.js';

const [ADA, BOB] = ['ada@example.com', 'bob@example.com'];

describe.each(dialects)('the users of a team, on %s', (dialect) => {
  /** Two admins of the team `default`. */
  async function start() {
    const accounts = await startAccounts({ dialect });
    const { app, dataSource } = accounts;
    for (const email of [ADA, BOB]) await join(accounts, email, 'admin');
    const { manager } = dataSource;
    const { id: teamId } = await app.get(TeamsService).get('default');
    const placeOf = async (email: string) => ({
      teamId,
      userId: (await manager.findOneByOrFail(User, { email })).id,
    });
    const [ada, bob] = [await placeOf(ADA), await placeOf(BOB)];
    const admins = () => manager.countBy(Membership, { teamId, role: 'admin' });
    return { accounts, app, manager, users: app.get(TeamUsersService), ada, bob, admins };
  }

  it('lose the role, and the API tokens with it', async () => {
    const { app, manager, users, bob } = await start();
    await app.get(ApiTokensService).create(bob.teamId, 'nightly', { madeBy: BOB });
    expect(await users.setRole(bob, 'member')).toMatchObject({ email: BOB, role: 'member' });
    expect(await users.setRole(bob, 'member')).toMatchObject({ role: 'member' });
    expect(await manager.find(ApiToken)).toMatchObject([{ revokedBecause: 'maker_demoted' }]);
    expect(await manager.findBy(AuditEntry, { action: 'user.role' })).toMatchObject([
      {
        action: 'user.role',
        subject: BOB,
        before: { role: 'admin' },
        after: { role: 'member' },
      },
    ]);
  });

  it('are removed with their API tokens, and keep their other teams', async () => {
    const { accounts, app, manager, users, bob } = await start();
    await join(accounts, BOB, 'member', 'blue');
    await app.get(ApiTokensService).create(bob.teamId, 'nightly', { madeBy: BOB });
    await users.remove(bob);
    expect(await manager.find(ApiToken)).toMatchObject([{ revokedBecause: 'maker_removed' }]);
    expect(await manager.countBy(Membership, { userId: bob.userId })).toBe(1);
    await expect(users.remove(bob)).rejects.toMatchObject({ code: 'user_not_found' });
    expect(await manager.findBy(AuditEntry, { action: 'user.remove' })).toHaveLength(1);
  });

  it.each([
    ['demoted', 'demoted'],
    ['demoted', 'removed'],
    ['removed', 'removed'],
  ] as const)('keep one admin where one is %s and one is %s at once', async (...ways) => {
    const { users, ada, bob, admins } = await start();
    const act = { demoted: (place = ada) => users.setRole(place, 'member'), removed: users.remove };
    const results = await Promise.allSettled([
      act[ways[0]].call(users, ada),
      act[ways[1]].call(users, bob),
    ]);
    const refused = results.filter((one) => one.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'last_admin', status: 409 } }]);
    expect(await admins()).toBe(1);
  });

  it('keep the last admin, also where the other has gone or it is a member who goes', async () => {
    const { users, ada, bob, admins } = await start();
    await users.setRole(bob, 'member');
    await expect(users.setRole(ada, 'member')).rejects.toMatchObject({ code: 'last_admin' });
    await expect(users.remove(ada)).rejects.toMatchObject({ code: 'last_admin' });
    await users.remove(bob);
    expect(await admins()).toBe(1);
  });

  it('keep an instance admin in their only team', async () => {
    const { accounts, manager, users, ada } = await start();
    await manager.update(User, { id: ada.userId }, { instanceAdmin: true });
    await expect(users.remove(ada)).rejects.toMatchObject({ code: 'only_team' });
    await join(accounts, ADA, 'member', 'blue');
    await users.remove(ada);
  });

  it('are signed out everywhere', async () => {
    const { accounts, users, bob } = await start();
    const client = await signIn(accounts, BOB);
    await signIn(accounts, BOB);
    expect(await users.endSessions(bob)).toBe(2);
    expect((await client.get('/sign-in')).text).toContain('Your session has ended.');
  });

  it('of another team are not found', async () => {
    const { accounts, app, users, ada } = await start();
    await join(accounts, 'eve@example.com', 'admin', 'blue');
    const { id: teamId } = await app.get(TeamsService).get('blue');
    const place = { ...ada, teamId };
    const notFound = { code: 'user_not_found', status: 404 };
    await expect(users.get(teamId, ada.userId)).rejects.toMatchObject(notFound);
    for (const act of [
      () => users.setRole(place, 'admin'),
      () => users.remove(place),
      () => users.endSessions(place),
    ])
      await expect(act()).rejects.toMatchObject(notFound);
    expect((await users.page(teamId)).map(({ email }) => email)).toEqual(['eve@example.com']);
  });

  it('are listed in pages, with when they were last seen', async () => {
    const { accounts, users, ada, bob } = await start();
    await signIn(accounts, ADA);
    const [first] = await users.page(ada.teamId, { limit: 1 });
    expect(first).toMatchObject({ id: ada.userId, role: 'admin', lastSeenAt: expect.any(Date) });
    expect(await users.page(ada.teamId, { limit: 9, after: ada.userId })).toMatchObject([
      { id: bob.userId, lastSeenAt: null },
    ]);
  });
});
