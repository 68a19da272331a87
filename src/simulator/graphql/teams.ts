import { lackingMessage, seesConcealed, seesForOwners } from '../access.js';
import type { Caller } from '../caller.js';
import type { SimOrganization } from '../organization.js';
import type { SimTeam, TeamMembership } from '../team.js';
import type { OrganizationTeam } from '../world.js';
import { TypedError } from './errors.js';
import { type PageArguments, pageOf } from './paging.js';
import { databaseId, presentUser } from './present-user.js';

type MembershipType = 'ALL' | 'CHILD_TEAM' | 'IMMEDIATE';

/** Whether a caller sees a team: everybody in the organization, and a secret one its members and who sees all. */
export function seesTeam({ organization, team }: OrganizationTeam, caller: Caller): boolean {
  if (!seesConcealed(caller, organization)) return false;
  const isOpen = team.privacy === 'closed' || seesForOwners(caller, organization);
  return isOpen || team.has(caller.user);
}

/** A page of teams by ascending id. */
export function teamConnection(
  organization: SimOrganization,
  caller: Caller,
  asked: PageArguments,
) {
  const { token } = caller;
  if (!token?.hasScopes && !token?.readsMembersOf(organization))
    throw new TypedError('FORBIDDEN', lackingMessage(caller));
  const list = organization.teams.list().filter((team) => seesTeam({ organization, team }, caller));
  const page = pageOf({ list, idOf: ({ id }: SimTeam) => id, field: 'teams' }, asked);
  return {
    nodes: () => page.items.map((team) => presentTeam({ organization, team }, caller)),
    pageInfo: page.pageInfo,
    totalCount: page.totalCount,
  };
}

export function presentTeam({ organization, team }: OrganizationTeam, caller: Caller): object {
  const { parent } = team;
  return {
    __typename: 'Team',
    id: team.nodeId,
    databaseId: databaseId(team.id),
    name: team.name,
    slug: team.slug,
    privacy: team.privacy === 'secret' ? 'SECRET' : 'VISIBLE',
    organization: {
      id: organization.nodeId,
      databaseId: databaseId(organization.id),
      login: organization.login,
    },
    parentTeam: () => parent && presentTeam({ organization, team: parent }, caller),
    members: ({ membership, ...asked }: PageArguments & { membership: MembershipType }) =>
      teamMemberConnection({ organization, team }, membership, asked),
  };
}

/** Who has no profile is not shown. */
function teamMemberConnection(
  { organization, team }: OrganizationTeam,
  type: MembershipType,
  asked: PageArguments,
) {
  const list = membersOf(organization, team, type).filter(({ user }) => user.state === 'active');
  const idOf = ({ user }: TeamMembership) => user.id;
  const page = pageOf({ list, idOf, field: 'members' }, asked);
  return {
    edges: () =>
      page.items.map((one) => ({
        cursor: page.cursorOf(one),
        node: presentUser(one.user),
        role: shownRole(organization, one),
      })),
    nodes: () => page.items.map(({ user }) => presentUser(user)),
    pageInfo: page.pageInfo,
    totalCount: page.totalCount,
  };
}

/** An owner of the organization maintains each team they are in. */
function shownRole(organization: SimOrganization, { user, role }: TeamMembership): string {
  return organization.membership(user)?.role === 'admin' ? 'MAINTAINER' : role.toUpperCase();
}

function membersOf(
  { teams }: SimOrganization,
  team: SimTeam,
  type: MembershipType,
): readonly TeamMembership[] {
  if (type === 'IMMEDIATE') return team.members;
  const inherited = teams.descendantsOf(team).flatMap(({ members }) => members);
  const direct = type === 'ALL' ? team.members : [];
  const byId = new Map([...inherited, ...direct].map((one) => [one.user.id, one]));
  return [...byId.values()].sort((one, other) => one.user.id - other.user.id);
}
