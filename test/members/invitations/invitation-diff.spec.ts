import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GithubInvitation } from '../../../src/github/invitations/read-invitations.js';
import {
  diffInvitations,
  type InvitationOutcome,
  type StoredInvitation,
} from '../../../src/members/invitations/invitation-diff.js';

const AT = new Date('2026-11-30T00:00:00.000Z');
const INVITED = new Date('2026-11-20T00:00:00.000Z');
const FAILED = new Date('2026-11-27T00:00:00.000Z');

const web = { githubId: 7, slug: 'web', name: 'Web' };

const observed = fc.record({
  githubId: fc.integer({ min: 1, max: 12 }),
  login: fc.constantFrom('ada', 'bob', null),
  email: fc.constantFrom('ada@example.com', null),
  role: fc.constantFrom('member', 'admin', 'billing_manager'),
  invitedAt: fc.constant(INVITED),
  state: fc.constantFrom('pending', 'failed'),
  failedAt: fc.constantFrom(null, FAILED),
  failedReason: fc.constantFrom(null, 'Invitation expired.'),
  inviter: fc.constantFrom(null, { githubId: 1, login: 'olga-owner' }),
  githubTeams: fc.option(fc.subarray([web, { githubId: 3, slug: 'api', name: 'API' }])),
});
const outcomes = fc.constantFrom<InvitationOutcome>('accepted', 'cancelled', 'ended');
const lists = fc.uniqueArray(observed, { selector: ({ githubId }) => githubId });

/** What is stored after the difference was applied. */
function applied(
  known: StoredInvitation[],
  list: GithubInvitation[],
  outcome: InvitationOutcome = 'cancelled',
): StoredInvitation[] {
  const next = new Map(known.map((one) => [one.githubId, one]));
  for (const { after } of diffInvitations(known, list, () => outcome, AT))
    next.set(after.githubId, after);
  return [...next.values()];
}

const invitation = (overrides: Partial<GithubInvitation> = {}): GithubInvitation => ({
  ...{ githubId: 1, login: 'ada', email: null, role: 'member', invitedAt: INVITED },
  ...{ state: 'pending', failedAt: null, failedReason: null, inviter: null, githubTeams: [] },
  ...overrides,
});

describe('the difference of invitations', () => {
  it('stores what GitHub lists, and finds nothing the second time', () => {
    fc.assert(
      fc.property(lists, lists, (first, second) => {
        const known = applied(applied([], first), second);
        const listed = known.filter(({ state }) => state === 'pending' || state === 'failed');
        expect(listed.map(({ githubId }) => githubId).sort()).toEqual(
          second.map(({ githubId }) => githubId).sort(),
        );
        expect(diffInvitations(known, second.toReversed(), () => 'cancelled', AT)).toEqual([]);
      }),
    );
  });

  it('has one change for each that is new, has failed or is gone', () => {
    fc.assert(
      fc.property(lists, lists, outcomes, (first, second, outcome) => {
        const known = applied([], first);
        for (const { before, after, kind } of diffInvitations(known, second, () => outcome, AT)) {
          const isMoved = before?.state !== after.state && after.state !== 'dismissed';
          expect(kind !== undefined).toBe(isMoved);
          expect(kind === 'invitation_accepted').toBe(after.state === 'accepted');
          expect(after.endedAt === null).toBe(after.state === 'pending');
        }
      }),
    );
  });

  it.each([
    ['accepted', 'accepted'],
    ['cancelled', 'cancelled'],
    ['ended', 'cancelled'],
  ] as const)('tells of one that has %s as %s', (state, told) => {
    const known = applied([], [invitation()]);
    expect(diffInvitations(known, [], () => state, AT)).toMatchObject([
      { kind: `invitation_${told}`, after: { state, endedAt: AT, role: 'member' } },
    ]);
  });

  it('keeps teams that were not asked for again, and values that fit their columns', () => {
    const known = applied([], [invitation({ githubTeams: [web] })]);
    expect(diffInvitations(known, [invitation({ githubTeams: null })], () => 'ended', AT)).toEqual(
      [],
    );
    const [long] = applied([], [invitation({ login: null, email: `${'😀'.repeat(300)}\0` })]);
    expect(long?.email).toBe('😀'.repeat(255));
  });

  it('keeps why an invitation failed, and dismisses it when GitHub does', () => {
    const known = applied([], [invitation()]);
    const reason = 'Invitation expired. User did not accept this invite for 7 days.';
    const failed = invitation({ failedAt: FAILED, failedReason: reason, state: 'failed' });
    expect(diffInvitations(known, [failed], () => 'accepted', AT)).toMatchObject([
      { kind: 'invitation_failed', after: { state: 'failed', failedReason: reason } },
    ]);
    const after = applied(known, [failed]);
    expect(diffInvitations(after, [], () => 'accepted', AT)).toMatchObject([
      { kind: undefined, after: { state: 'dismissed', endedAt: FAILED, dismissedAt: AT } },
    ]);
  });
});
