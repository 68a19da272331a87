import { Simulator } from '../../../dist/simulator/simulator.js';
import { World } from '../../../dist/simulator/world.js';
import { answerCalls } from './calls.mjs';

/** More than anybody spends in a round, as GitHub gives it to a user for an hour. */
const HOUR = 5_000;

const [members, restLatencyMs, graphqlLatencyMs] = process.argv.slice(2).map(Number);
/** An Enterprise Server has none by default. */
const rateLimits = process.argv[5] !== 'without limits';
const world = new World({ seed: 42 });
const owner = world.addUser({ login: 'olga-owner' });
const organization = world.addOrganization({ login: 'acme', members: members - 1 });
organization.join(owner, { role: 'admin' });
const simulator = await Simulator.start({ world, restLatencyMs, graphqlLatencyMs, rateLimits });
let tokens = 0;
let changed = 0;

answerCalls({
  url: () => simulator.url,

  ids: () => organization.members.map(({ id }) => id),

  /** A new token with a whole hour's limits, and an empty log. */
  reset: () => {
    const token = `ghp_bench${++tokens}`;
    world.addToken({ token, user: owner, scopes: ['admin:org', 'read:user', 'user:email'] });
    for (const resource of ['core', 'graphql']) world.setRemaining(token, resource, HOUR);
    simulator.requests.reset();
    return token;
  },

  /** One person in a hundred changes: a third get another login, a third leave, and as many join. */
  change: () => {
    const each = Math.round(members / 300);
    const people = organization.list({ role: 'member' }).map(({ user }) => user);
    const step = Math.floor(people.length / (2 * each));
    for (let i = 0; i < each; i++) {
      world.renameUser(people[2 * i * step], `renamed-${++changed}`);
      organization.leave(people[(2 * i + 1) * step]);
      organization.join(world.addUser());
    }
  },

  organizationId: () => organization.id,

  /** Adds everything that is not a member. Teams are nested, and each has some of the members; the first has many. */
  fill: ({ collaborators, invitations, teams, teamMembers, largeTeam, depth }) => {
    for (let i = 0; i < collaborators; i++) organization.collaborators.add(world.addUser());
    const people = organization.list().map(({ user }) => user);
    const made = [];
    for (let i = 0; i < teams; i++) {
      const parent = i % depth === 0 ? undefined : made[i - 1];
      const team = organization.teams.create(`Team ${i}`, { parent });
      const size = i === 0 ? largeTeam : teamMembers;
      for (let j = 0; j < size; j++)
        organization.teams.add(team, people[(i * teamMembers + j) % people.length]);
      made.push(team);
    }
    // Some have teams: each of these costs a request, and a sync asks for those of 30.
    for (let i = 0; i < invitations; i++)
      organization.invite(`invited-${i}@example.com`, {
        teams: i % 8 === 0 ? made.slice(i, i + 1) : [],
      });
    for (const user of people) {
      const nameId = `${user.login}@corp.example`;
      organization.identities.link(user, { nameId, scimUserName: nameId });
      organization.identities.verifyEmails(user, [nameId]);
    }
  },

  /** So many members leave; who they were. */
  leave: (people) => {
    const leaving = organization.list({ role: 'member' }).slice(0, people);
    return leaving.map(({ user }) => {
      organization.leave(user);
      return { id: user.id, nodeId: user.nodeId };
    });
  },

  /** So many people join; who they are. */
  join: (people) =>
    Array.from({ length: people }, () => {
      const user = world.addUser();
      organization.join(user);
      return { id: user.id, nodeId: user.nodeId };
    }),

  exhaust: (token) => {
    for (const resource of ['core', 'graphql']) world.setRemaining(token, resource, 0);
  },

  /** What was asked since the log was emptied, which this does. */
  takeLog: () => {
    const { entries, peak } = simulator.requests;
    const log = { peak, entries: [...entries] };
    simulator.requests.reset();
    return log;
  },
});
