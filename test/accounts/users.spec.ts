import { describe, expect, it } from 'vitest';
import { SignInService } from '../../src/accounts/sign-in/sign-in.service.js';
import { FirstAdministrator } from '../../src/accounts/users/first-administrator.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { Team } from '../../src/accounts/users/team.entity.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { UsersService } from '../../src/accounts/users/users.service.js';
import { dialects } from '../support/servers/databases.js';
import { until } from '../support/until.js';
import { join, PASSWORD, signIn, startAccounts } from './support/accounts.js';

describe.each(dialects)('users on %s', (dialect) => {
  it('are made with their team, as members unless told', async () => {
    const { app, dataSource } = await startAccounts({ dialect });
    const made = await app
      .get(UsersService)
      .setPassword({ email: ' Ada@Example.ORG ', password: PASSWORD, teamSlug: 'engines' });
    expect(made).toEqual({ email: 'ada@example.org', role: 'member', created: true });
    const team = await dataSource.manager.findOneByOrFail(Team, { slug: 'engines' });
    expect(await dataSource.manager.find(Membership)).toMatchObject([
      { teamId: team.id, role: 'member' },
    ]);
  });

  it('keep their role when their password is reset, and lose their sessions', async () => {
    const accounts = await startAccounts({ dialect });
    await join(accounts, 'ada@example.org', 'admin');
    const client = await signIn(accounts, 'ada@example.org');
    expect((await client.get('/sign-in')).status).toBe(303);
    const reset = { email: 'ADA@example.org', password: 'another password', teamSlug: 'default' };
    const changed = await accounts.app.get(UsersService).setPassword(reset);
    expect(changed).toEqual({ email: 'ada@example.org', role: 'admin', created: false });
    expect((await client.get('/sign-in')).status).toBe(200);
    const authenticate = (password: string) =>
      accounts.app.get(SignInService).authenticate('ada@example.org', password, '127.0.0.1');
    await expect(authenticate(PASSWORD)).rejects.toMatchObject({ code: 'sign_in_refused' });
    expect(await authenticate('another password')).toMatchObject({ email: 'ada@example.org' });
  });

  it('manage the instance where they are the first admin', async () => {
    const { app, dataSource } = await startAccounts({ dialect });
    const make = (email: string, role: 'admin' | 'member') =>
      app.get(UsersService).setPassword({ email, password: PASSWORD, teamSlug: 'default', role });
    await make('bob@example.org', 'member');
    await make('ada@example.org', 'admin');
    await make('eve@example.org', 'admin');
    const found = await dataSource.manager.findBy(User, { instanceAdmin: true });
    expect(found.map(({ email }) => email)).toEqual(['ada@example.org']);
  });

  it('are not made members where they are the last admin of their team', async () => {
    const accounts = await startAccounts({ dialect });
    const users = accounts.app.get(UsersService);
    const set = (email: string, role: 'admin' | 'member') =>
      users.setPassword({ email, password: PASSWORD, teamSlug: 'default', role });
    await set('ada@example.org', 'admin');
    await set('bob@example.org', 'member');
    await expect(set('ada@example.org', 'member')).rejects.toMatchObject({ code: 'last_admin' });
    expect(await accounts.dataSource.manager.findOneBy(Membership, { userId: 1 })).toMatchObject({
      role: 'admin',
    });
    await set('bob@example.org', 'admin');
    expect(await set('ada@example.org', 'member')).toMatchObject({ role: 'member' });
  });

  it('are one where they are made twice at the same time', async () => {
    const accounts = await startAccounts({ dialect });
    const users = accounts.app.get(UsersService);
    const ada = { email: 'ada@example.org', password: PASSWORD, teamSlug: 'default' };
    const made = await Promise.all([1, 2, 3].map(() => users.setPassword(ada)));
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    expect(await accounts.dataSource.manager.count(User)).toBe(1);
    expect(await accounts.dataSource.manager.count(Membership)).toBe(1);
  });

  it('begin with one administrator, and that one is told of once', async () => {
    const { app, dataSource } = await startAccounts({ dialect });
    const first = app.get(FirstAdministrator);
    const made = await Promise.all([first.ensure(), first.ensure(), first.ensure()]);
    const told = made.filter((one) => one !== null);
    expect(told).toEqual([{ email: 'admin@localhost', password: PASSWORD, generated: false }]);
    expect(await first.ensure()).toBeNull();
    expect(await dataSource.manager.find(Membership)).toMatchObject([{ role: 'admin' }]);
  });

  it('belong to a team that is made once', async () => {
    const { app } = await startAccounts({ dialect });
    const teams = app.get(TeamsService);
    const made = await Promise.all([1, 2, 3].map(() => teams.findOrCreate('engines')));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await teams.find('default')).toMatchObject({ slug: 'default' });
    expect(await teams.find('Engines')).toBeNull();
  });
});

it.runIf(dialects.includes('mysql'))(
  'are found where another process makes them between our look and our insert',
  async () => {
    const accounts = await startAccounts({ dialect: 'mysql' });
    const { manager } = accounts.dataSource;
    const other = accounts.dataSource.createQueryRunner();
    await other.startTransaction();
    const ada = { email: 'ada@example.org', passwordHash: 'other', createdAt: new Date() };
    await other.manager.insert(User, ada);
    const making = accounts.app.get(UsersService).setPassword({
      ...{ email: 'ada@example.org', password: PASSWORD },
      ...{ role: 'admin', teamSlug: 'default' },
    });
    await until(async () => {
      const waiting =
        "SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE 'INSERT INTO%users%'";
      return (await manager.query(waiting)).length > 0;
    });
    await other.commitTransaction();
    await other.release();
    expect(await making).toMatchObject({ created: false, role: 'admin' });
    await signIn(accounts, 'ada@example.org');
  },
);

it('refuses a common ADMIN_PASSWORD in words that name it, and makes nobody', async () => {
  const { app } = await startAccounts({ env: { ADMIN_PASSWORD: 'Password2026!' } });
  const ensure = app.get(FirstAdministrator).ensure();
  await expect(ensure).rejects.toThrow(/^ADMIN_PASSWORD is easy to guess; choose another one\.$/);
  expect(await app.get(UsersService).exist()).toBe(false);
});

it('generates the first password where none is given, and it works', async () => {
  const { app } = await startAccounts({ env: { ADMIN_PASSWORD: undefined } });
  const made = await app.get(FirstAdministrator).ensure();
  expect(made?.generated).toBe(true);
  expect(made?.password).toMatch(/^[\w-]{16}$/);
  const { email = '', password = '' } = made ?? {};
  expect(await app.get(SignInService).authenticate(email, password, '::1')).toMatchObject({
    email,
  });
});

it.each([
  [{ email: 'nobody' }, 'email_invalid'],
  [{ email: `${'a'.repeat(250)}@b.org` }, 'email_invalid'],
  [{ password: 'short' }, 'password_too_short'],
  [{ teamSlug: 'Not A Team' }, 'team_slug_invalid'],
])('refuses %j', async (wrong, code) => {
  const { app, dataSource } = await startAccounts();
  const right = { email: 'ada@example.org', password: PASSWORD, teamSlug: 'default' };
  const making = app.get(UsersService).setPassword({ ...right, ...wrong });
  await expect(making).rejects.toMatchObject({ status: 422, code });
  expect(await dataSource.manager.count(User)).toBe(0);
});
