import { addDemoParts } from './demo-parts.js';
import { AWKWARD_NAMES } from './names.js';
import type { SimOrganization } from './organization.js';
import { inventName } from './people.js';
import type { SimUser } from './user.js';
import { World } from './world.js';

export interface DemoWorld {
  readonly world: World;
  readonly organization: SimOrganization;
  /** A classic token of an owner, who lets Rollcall make the webhook. */
  readonly token: string;
}

export const DEMO_LOGIN = 'northwind-labs';
const DEMO_TOKEN = 'ghp_rollcallDemoToken';

/** @param members the owner of the token among them */
export function demoWorld({
  members = 2500,
  seed = 7,
}: {
  members?: number;
  seed?: number;
} = {}): DemoWorld {
  const world = new World({ seed });
  const owner = world.addUser({
    id: 4_120_733,
    login: 'mara-lindqvist',
    name: 'Mara Lindqvist',
    email: 'mara@example.com',
    twoFactor: true,
  });
  const organization = world.addOrganization({
    login: DEMO_LOGIN,
    name: 'Northwind Labs',
    id: 18_440_219,
    members: members - 1,
  });
  scatterAwkwardNames(organization);
  organization.join(owner, { role: 'admin', public: true });
  addDemoParts(world, organization, owner);
  const scopes = ['admin:org', 'read:user', 'admin:org_hook'];
  world.addToken({ token: DEMO_TOKEN, user: owner, scopes });
  return { world, organization, token: DEMO_TOKEN };
}

/** Chance alone might leave one out, and the demo is to show them all. */
function scatterAwkwardNames({ members }: SimOrganization): void {
  for (const [index, name] of AWKWARD_NAMES.entries()) {
    const user = members[Math.floor((index * members.length) / AWKWARD_NAMES.length)];
    if (user) user.name = name;
  }
}

/** Lets some time go by: a few join, leave, get another login, name, email or role. The same seed gives the same changes. */
export function drift(world: World, organization: SimOrganization): void {
  const people = picked(world, organization, 18);
  const [leavers, renamed, profiles, roles] = [
    people.splice(0, 4),
    people.splice(0, 4),
    people.splice(0, 6),
    people,
  ];
  const freed = renamed[0]?.login;
  for (const user of leavers) organization.leave(user);
  for (const user of renamed)
    world.renameUser(user, world.freeLogin(inventName(world.random).login));
  const heir = renamed[1];
  // Somebody else's invented name may happen to be that very one.
  if (heir && freed && world.freeLogin(freed) === freed) world.renameUser(heir, freed);
  for (const user of profiles) changeProfile(world, user);
  for (const user of roles) promoteOrDemote(organization, user);
  for (let count = 0; count < 6; count++) organization.join(world.addUser());
}

/** Members with the role `member`, none twice: an owner who left would take the demo's token along. */
function picked(world: World, organization: SimOrganization, most: number): SimUser[] {
  const candidates = organization.list({ role: 'member' }).map(({ user }) => user);
  const people: SimUser[] = [];
  while (people.length < most && candidates.length > 0) {
    people.push(...candidates.splice(world.random.between(0, candidates.length - 1), 1));
  }
  return people;
}

function changeProfile(world: World, user: SimUser): void {
  if (world.random.chance(0.7)) user.name = inventName(world.random).name;
  else user.email = user.email === null ? `${user.login}@example.com` : null;
}

function promoteOrDemote(organization: SimOrganization, user: SimUser): void {
  organization.setRole(user, organization.membership(user)?.role === 'admin' ? 'member' : 'admin');
}
