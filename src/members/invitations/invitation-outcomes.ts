import pMap from 'p-map';
import { type EntityManager, MoreThan } from 'typeorm';
import { Member } from '../member.entity.js';
import type { InvitationOutcome, StoredInvitation } from './invitation-diff.js';
import type { InvitedPeople } from './invited-people.js';

/** Of so many people at most, GitHub is asked whether they are members. */
const MAX_ASKED = 50;

export interface OutcomeOptions {
  integrationId: number;
  /** When the invitations were read before; null if never. */
  since: Date | null;
  people: InvitedPeople;
  /** Asks GitHub whether somebody is a member. */
  isMember: (login: string) => Promise<boolean>;
  /** Questions that wait at once. */
  concurrency: number;
}

/**
 * What became of the pending invitations that GitHub no longer lists; `ended` where it cannot be known. Who was invited by email may have accepted under any
 * login: where somebody joined without another invitation, it cannot be known.
 */
export async function invitationOutcomes(
  manager: EntityManager,
  gone: StoredInvitation[],
  options: OutcomeOptions,
): Promise<Map<number, InvitationOutcome>> {
  const { people, isMember, concurrency } = options;
  const joined = gone.flatMap((one) => people.joinedAs(one) ?? []);
  const explained = new Set(joined.map(({ githubId }) => githubId));
  const others = gone.filter((one) => !people.joinedAs(one));
  const byLogin = others.filter(({ login }) => login !== null);
  const accepted = new Set<StoredInvitation>();
  // Somebody who joined after the members were read is not in the directory yet.
  const ask = async (one: StoredInvitation) => {
    if (await isMember(one.login ?? '')) accepted.add(one);
  };
  await pMap(byLogin.slice(0, MAX_ASKED), ask, { concurrency });
  const notAsked = new Set(byLogin.slice(MAX_ASKED));
  const isUnclear =
    byLogin.length < others.length && (await hasOtherJoiners(manager, explained, options));
  const outcomeOf = (one: StoredInvitation): InvitationOutcome => {
    if (people.joinedAs(one) || accepted.has(one)) return 'accepted';
    return notAsked.has(one) || (one.login === null && isUnclear) ? 'ended' : 'cancelled';
  };
  return new Map(gone.map((one) => [one.githubId, outcomeOf(one)]));
}

/** Whether somebody joined since whom no invitation explains. */
async function hasOtherJoiners(
  manager: EntityManager,
  explained: ReadonlySet<number>,
  { integrationId, since }: OutcomeOptions,
): Promise<boolean> {
  const joiners = await manager.find(Member, {
    select: { githubId: true },
    where: { integrationId, present: true, ...(since && { joinedAt: MoreThan(since) }) },
    take: explained.size + 1,
  });
  return joiners.some(({ githubId }) => !explained.has(githubId));
}
