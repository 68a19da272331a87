import type { SimOrganization } from '../../../src/simulator/organization.js';
import { Simulator } from '../../../src/simulator/simulator.js';
import { World } from '../../../src/simulator/world.js';

/** So slow that a run takes about a second, in which something can go wrong. */
const LATENCY = { restLatencyMs: 15, graphqlLatencyMs: 40 };

/** A simulated GitHub whose people are another seed's. */
export async function startGithub(seed: number, members: number) {
  const world = new World({ seed });
  const organization = world.addOrganization({ login: 'acme', members: members - 1 });
  const owner = world.addUser({ login: 'olga-owner' });
  organization.join(owner, { role: 'admin' });
  const token = 'ghp_TestTokenOfTheOwner';
  world.addToken({ token, user: owner, scopes: ['admin:org', 'read:user', 'user:email'] });
  addTeams(organization);
  const simulator = await Simulator.start({ world, ...LATENCY });
  return { simulator, world, organization, token };
}

const TEAMS = 6;
const IN_A_TEAM = 8;

/** Three teams with a team in each. */
function addTeams({ teams, members }: SimOrganization): void {
  for (let i = 0; i < TEAMS; i++) {
    const parent = i % 2 === 0 ? undefined : teams.list().at(-1);
    const team = teams.create(`Team ${i}`, { parent });
    for (const user of members.slice(i * IN_A_TEAM, (i + 1) * IN_A_TEAM)) teams.add(team, user);
  }
}

/** In each team, somebody leaves and somebody joins. */
export function driftTeams({ teams, members }: SimOrganization): void {
  for (const [i, team] of teams.list().entries()) {
    const [leaver] = team.members;
    if (leaver) teams.remove(team, leaver.user);
    const joiner = members.filter((user) => !team.has(user)).at(i);
    if (joiner) teams.add(team, joiner);
  }
}
