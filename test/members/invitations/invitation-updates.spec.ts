import { describe, expect, it } from 'vitest';
import type { GithubInvitation } from '../../../src/github/invitations/read-invitations.js';
import { MemberChange } from '../../../src/members/changes/member-change.entity.js';
import { InvitationUpdates } from '../../../src/members/invitations/invitation-updates.js';
import { OrganizationInvitation } from '../../../src/members/invitations/organization-invitation.entity.js';
import { OrganizationInvitations } from '../../../src/members/invitations/organization-invitations.js';
import { Member } from '../../../src/members/member.entity.js';
import { makeRun } from '../../support/make-run.js';
import { dialects } from '../../support/servers/databases.js';
import { startService } from '../../support/service.js';

const INVITED = new Date('2026-11-20T00:00:00.000Z');
const FAILED = new Date('2026-11-27T00:00:00.000Z');
const SINCE = new Date('2026-11-28T00:00:00.000Z');
const JOINED = new Date('2026-11-29T00:00:00.000Z');
const web = { githubId: 7, slug: 'web', name: 'Web <b>' };

const invitation = (githubId: number, overrides: Partial<GithubInvitation>): GithubInvitation => ({
  ...{ githubId, login: null, email: null, role: 'member', invitedAt: INVITED },
  ...{ state: 'pending', failedAt: null, failedReason: null, githubTeams: [] },
  inviter: { githubId: 1, login: 'olga-owner' },
  ...overrides,
});

const member = (githubId: number, login: string, email = ''): Partial<Member> => ({
  ...{ githubId, nodeId: `U_${githubId}`, login, loginKey: login.toLowerCase(), name: '', email },
  ...{ avatarUrl: '', role: 'member', status: 'active', present: true },
  ...{ joinedAt: JOINED, updatedAt: JOINED },
});

describe.each(dialects)('invitations on %s', (dialect) => {
  async function start() {
    const service = await startService({ dialect, consumes: false });
    const { id: runId, integrationId } = await makeRun(service, 'complete');
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    const { manager } = service.dataSource;
    const updates = get(InvitationUpdates);
    const asked: string[] = [];
    const list = async (observed: GithubInvitation[], isMember = false) => {
      const plan = await updates.plan(manager, observed, {
        ...{ integrationId, since: SINCE, concurrency: 2 },
        isMember: async (login) => asked.push(login) > 0 && isMember,
      });
      const context = { integrationId, runId, at: new Date() };
      return updates.apply(manager, context, plan.updates, plan.people);
    };
    const changes = () => manager.find(MemberChange, { order: { id: 'ASC' } });
    return {
      manager,
      integrationId,
      list,
      asked,
      changes,
      invitations: get(OrganizationInvitations),
    };
  }

  it('are stored as GitHub lists them, and told as changes', async () => {
    const { manager, integrationId, list, changes, invitations } = await start();
    await manager.insert(Member, { integrationId, ...member(11, 'Grace', 'grace@example.com') });
    await manager.insert(Member, { integrationId, ...member(12, 'Ada', 'Ada@example.com') });
    // The login is free again, and somebody else may have it.
    const former = { ...member(13, 'Late'), status: 'left' as const, present: false };
    await manager.insert(Member, { integrationId, ...former });
    const all = [
      invitation(1, { login: 'ada', githubTeams: [web], role: 'admin' }),
      invitation(2, { email: 'grace@example.com', inviter: null }),
      invitation(3, { email: '=HYPERLINK("x")@example.com' }),
      invitation(4, {
        login: 'late',
        state: 'failed',
        failedAt: FAILED,
        failedReason: 'Invitation expired.',
      }),
    ];
    expect(await list(all)).toEqual({ invited: 3, invitation_failed: 1 });
    expect(await list(all.toReversed())).toEqual({});
    expect(await invitations.counts(integrationId)).toEqual({ pending: 3, failed: 1 });
    const meanwhile = new Date();
    const failedAt = async (asOf: Date) =>
      (await invitations.page({ integrationId, state: 'failed', asOf, limit: 9 })).map(
        ({ login }) => login,
      );
    expect(await list([])).toEqual({ invitation_accepted: 2, invitation_cancelled: 1 });
    expect(await list([])).toEqual({});
    expect(await failedAt(meanwhile)).toEqual(['late']);
    expect(await failedAt(new Date())).toEqual([]);
    expect(await invitations.counts(integrationId)).toEqual({ pending: 0, failed: 0 });
    const stored = await manager.find(OrganizationInvitation, { order: { githubId: 'ASC' } });
    expect(stored).toMatchObject([
      { state: 'accepted', role: 'admin', githubTeams: [web], invitedAt: INVITED },
      { state: 'accepted', role: 'member', inviterLogin: null },
      { state: 'cancelled', endedAt: expect.any(Date) },
      { state: 'dismissed', failedReason: 'Invitation expired.', endedAt: FAILED },
    ]);
    const ids = stored.map(({ id }) => id);
    expect(await changes()).toMatchObject([
      {
        ...{
          kind: 'invited',
          githubId: 12,
          login: 'ada',
          invitationId: ids[0],
          before: { invitedAs: '' },
        },
        after: { invitedAs: 'admin', invitedBy: 'olga-owner' },
      },
      { kind: 'invited', githubId: 0, login: 'grace@example.com', invitationId: ids[1] },
      { kind: 'invited', githubId: 0, invitationId: ids[2] },
      {
        ...{ kind: 'invitation_failed', githubId: 0, login: 'late', invitationId: ids[3] },
        after: { failedReason: 'Invitation expired.' },
      },
      { kind: 'invitation_accepted', githubId: 12, invitationId: ids[0] },
      { kind: 'invitation_accepted', githubId: 0, invitationId: ids[1] },
      { kind: 'invitation_cancelled', githubId: 0, invitationId: ids[2] },
    ]);
  });

  it('that are gone are told as what is known of them', async () => {
    const { manager, integrationId, list, asked, changes } = await start();
    const gone = [invitation(1, { login: 'late' }), invitation(2, { email: 'x@example.com' })];
    await list(gone);
    expect(await list([], true)).toEqual({ invitation_accepted: 1, invitation_cancelled: 1 });
    expect(asked).toEqual(['late']);
    const more = [3, 4].map((id) => invitation(id, { email: `${id}@example.com` }));
    await list(more);
    await manager.insert(Member, { integrationId, ...member(12, 'Ada', '3@example.com') });
    // The only one who joined is explained.
    expect(await list(more.slice(1))).toEqual({ invitation_accepted: 1 });
    await manager.insert(Member, { integrationId, ...member(13, 'Grace') });
    expect(await list([])).toEqual({ invitation_cancelled: 1 });
    const told = (await changes()).filter(({ kind }) => kind === 'invitation_cancelled');
    expect(told.map(({ after }) => after?.outcome)).toEqual([undefined, 'cancelled or accepted']);
    const ended = await manager.find(OrganizationInvitation, { order: { githubId: 'ASC' } });
    expect(ended.map(({ state }) => state)).toEqual(['accepted', 'cancelled', 'accepted', 'ended']);
  });

  it('are read a page at a time, the latest first', async () => {
    const { integrationId, list, invitations } = await start();
    await list(Array.from({ length: 7 }, (_, i) => invitation(i + 1, { login: `user-${i}` })));
    const query = { integrationId, state: 'pending' as const, limit: 3 };
    const seen: string[] = [];
    for (let before: number | undefined; ; ) {
      const page = await invitations.page({ ...query, before });
      seen.push(...page.map(({ login }) => login ?? ''));
      if (page.length < 3) break;
      before = page.at(-1)?.id;
    }
    const whole: (string | null)[] = [];
    for await (const { login } of invitations.all(query)) whole.push(login);
    expect(seen).toEqual(['user-6', 'user-5', 'user-4', 'user-3', 'user-2', 'user-1', 'user-0']);
    expect(whole).toEqual(seen);
  });
});
