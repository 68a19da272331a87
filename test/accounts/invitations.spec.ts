import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { InvitationAcceptance } from '../../src/accounts/invitations/invitation-acceptance.js';
import { InvitationsService } from '../../src/accounts/invitations/invitations.service.js';
import { UserInvitation } from '../../src/accounts/invitations/user-invitation.entity.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { dialects } from '../support/servers/databases.js';
import { join, PASSWORD, startAccounts } from './support/accounts.js';

const EMAIL = 'grace@example.com';
const account = { name: ' Grace Hopper ', password: PASSWORD };

describe.each(dialects)('an invitation on %s', (dialect) => {
  async function start() {
    const accounts = await startAccounts({ dialect });
    const { app, dataSource } = accounts;
    const { manager } = dataSource;
    const invitations = app.get(InvitationsService);
    const { id: teamId } = await app.get(TeamsService).get('default');
    const invite = async (change = {}) => {
      const invited = { teamId, email: EMAIL, role: 'admin' as const, invitedBy: 'ada' };
      const { url } = await invitations.invite({ ...invited, ...change });
      return url.replace(/.*\/invitations\//, '');
    };
    const idOf = async (email: string) => (await manager.findOneByOrFail(User, { email })).id;
    const acceptance = app.get(InvitationAcceptance);
    return { accounts, app, manager, invitations, acceptance, teamId, invite, idOf };
  }

  const codeOf = (results: PromiseSettledResult<unknown>[]) =>
    results.map((one) => (one.status === 'rejected' ? one.reason.code : 'done')).toSorted();

  it('is a link of which only a hash is stored, and lets somebody new in once', async () => {
    const { manager, acceptance, teamId, invite } = await start();
    const code = await invite({ email: ' Grace@Example.com ' });
    expect(code).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(await manager.find(UserInvitation))).not.toContain(code);
    expect(await acceptance.find(code)).toMatchObject({ teamSlug: 'default', user: null });
    const user = await acceptance.register(code, account);
    expect(user).toMatchObject({ email: EMAIL, name: 'Grace Hopper', mustChangePassword: false });
    expect(await manager.find(Membership)).toMatchObject([
      { teamId, userId: user.id, role: 'admin' },
    ]);
    const again = { code: 'invitation_used', status: 410 };
    await expect(acceptance.find(code)).rejects.toMatchObject(again);
    await expect(acceptance.register(code, account)).rejects.toMatchObject(again);
    await expect(acceptance.join(code, user.id)).rejects.toMatchObject(again);
    const log = await manager.find(AuditEntry, { order: { id: 'ASC' } });
    expect(log).toMatchObject([
      { action: 'user.invite', subject: EMAIL, after: { email: EMAIL, role: 'admin' } },
      { action: 'invitation.accept', subject: EMAIL },
    ]);
    expect(JSON.stringify(log)).not.toContain(code);
  });

  it('accepted twice at once lets one in', async () => {
    const { manager, acceptance, invite } = await start();
    const code = await invite();
    const register = () => acceptance.register(code, account);
    const results = await Promise.allSettled([register(), register(), register()]);
    expect(codeOf(results)).toEqual(['done', 'invitation_used', 'invitation_used']);
    expect(await manager.count(User)).toBe(1);
    expect(await manager.count(Membership)).toBe(1);
  });

  it('for a user of another team is accepted by that user alone, once', async () => {
    const { accounts, acceptance, invite, idOf, manager } = await start();
    await join(accounts, EMAIL, 'member', 'blue');
    await join(accounts, 'eve@example.com', 'member', 'blue');
    const code = await invite();
    await expect(acceptance.register(code, account)).rejects.toMatchObject({
      code: 'invitation_needs_sign_in',
    });
    await expect(acceptance.join(code, await idOf('eve@example.com'))).rejects.toMatchObject({
      code: 'invitation_of_somebody_else',
      status: 403,
    });
    const grace = await idOf(EMAIL);
    const results = await Promise.allSettled([1, 2].map(() => acceptance.join(code, grace)));
    expect(codeOf(results)).toEqual(['done', 'invitation_used']);
    expect(await manager.countBy(Membership, { userId: grace })).toBe(2);
  });

  it('too late, withdrawn, replaced or unknown lets nobody in', async () => {
    const { manager, invitations, acceptance, teamId, invite } = await start();
    const late = await invite({ email: 'late@example.com' });
    await manager.update(UserInvitation, { teamId }, { expiresAt: new Date(Date.now() - 1) });
    const replaced = await invite();
    const withdrawn = await invite();
    const [pending, ...others] = await invitations.pending(teamId);
    expect(others).toEqual([]);
    await invitations.withdraw(teamId, pending?.id ?? 0);
    expect(await invitations.pending(teamId)).toEqual([]);
    const refusals = {
      [late]: 'invitation_expired',
      [replaced]: 'invitation_withdrawn',
      [withdrawn]: 'invitation_withdrawn',
      unknown: 'invitation_unknown',
    };
    for (const [code, refusal] of Object.entries(refusals)) {
      await expect(acceptance.find(code)).rejects.toMatchObject({ code: refusal });
      await expect(acceptance.register(code, account)).rejects.toMatchObject({ code: refusal });
      await expect(acceptance.join(code, 1)).rejects.toMatchObject({ code: refusal });
    }
    expect(await manager.count(User)).toBe(0);
    expect(await manager.findBy(AuditEntry, { action: 'invitation.withdraw' })).toHaveLength(1);
  });

  it('withdrawn while it is accepted is either', async () => {
    const { manager, invitations, acceptance, teamId, invite } = await start();
    const code = await invite();
    const { id } = await manager.findOneByOrFail(UserInvitation, {});
    const results = await Promise.allSettled([
      acceptance.register(code, account),
      invitations.withdraw(teamId, id),
    ]);
    expect(codeOf(results).filter((one) => one === 'done')).toHaveLength(1);
    const { acceptedAt, withdrawnAt } = await manager.findOneByOrFail(UserInvitation, { id });
    expect([acceptedAt, withdrawnAt].filter(Boolean)).toHaveLength(1);
  });

  it('is refused for somebody of the team, a bad address, and a weak password', async () => {
    const { accounts, invitations, acceptance, invite, app } = await start();
    await join(accounts, 'bob@example.com');
    await expect(invite({ email: 'BOB@example.com' })).rejects.toMatchObject({
      code: 'user_in_team',
    });
    await expect(invite({ email: 'nobody' })).rejects.toMatchObject({ code: 'email_invalid' });
    const code = await invite();
    const weak = acceptance.register(code, { name: '', password: 'Password2026' });
    await expect(weak).rejects.toMatchObject({ code: 'password_too_common' });
    const named = acceptance.register(code, { ...account, name: 'a\u202eb' });
    await expect(named).rejects.toMatchObject({ code: 'user_name_invalid' });
    const { id: otherTeam } = await app.get(TeamsService).findOrCreate('blue');
    await expect(invitations.withdraw(otherTeam, 1)).rejects.toMatchObject({ status: 404 });
    await acceptance.register(code, account);
  });
});
