import type { SimOrganization } from './organization.js';
import type { SimTeam } from './team.js';
import type { SimUser } from './user.js';
import type { World } from './world.js';

const COLLABORATORS = 24;
const PENDING_INVITATIONS = 8;
const FAILED_INVITATIONS = 2;

/** Every so many members, one has no identity, and one maintains a team. */
const WITHOUT_IDENTITY_EVERY = 40;
const MAINTAINER_EVERY = 25;

/** Each team, and the one that it is in. */
const TEAMS = {
  Engineering: null,
  Platform: 'Engineering',
  Databases: 'Platform',
  Networking: 'Platform',
  Web: 'Engineering',
  'Design System': 'Web',
  Mobile: 'Engineering',
  Support: null,
  Security: null,
} as const;

/** What the demo organization has beside members. */
export function addDemoParts(world: World, organization: SimOrganization, inviter: SimUser): void {
  const { collaborators, invitations } = organization;
  for (let count = 0; count < COLLABORATORS; count++) collaborators.add(world.addUser());
  const teams = makeTeams(organization);
  for (const [index, user] of organization.members.entries()) {
    const team = teams[index % teams.length];
    if (team)
      organization.teams.add(team, user, index % MAINTAINER_EVERY ? 'member' : 'maintainer');
    if (index % WITHOUT_IDENTITY_EVERY !== 1) identify(organization, user);
  }
  for (let count = 0; count < PENDING_INVITATIONS + FAILED_INVITATIONS; count++) {
    const who = count % 2 ? `newcomer-${count}@northwind.example` : world.addUser();
    const invitation = invitations.add(who, { inviter, teams: teams.slice(count % 3, 2) });
    if (count >= PENDING_INVITATIONS) invitations.fail(invitation);
  }
}

function makeTeams({ teams }: SimOrganization): SimTeam[] {
  const made = new Map<string, SimTeam>();
  for (const [name, parent] of Object.entries(TEAMS)) {
    const within = parent === null ? undefined : made.get(parent);
    const privacy = name === 'Security' ? 'secret' : 'closed';
    made.set(name, teams.create(name, { privacy, ...(within && { parent: within }) }));
  }
  return [...made.values()];
}

function identify({ identities }: SimOrganization, user: SimUser): void {
  const address = `${user.login.toLowerCase()}@northwind.example`;
  identities.link(user, { nameId: address, scimUserName: address });
  identities.verifyEmails(user, [address]);
}
