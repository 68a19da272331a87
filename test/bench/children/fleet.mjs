import { Simulator } from '../../../dist/simulator/simulator.js';
import { World } from '../../../dist/simulator/world.js';
import { answerCalls } from './calls.mjs';

// A GitHub with many organizations, `acme-1` and on, each with an owner and a token of its own, or all with the same.
const [organizations, members, latencyMs] = process.argv.slice(2).map(Number);
const [, , , , , shares] = process.argv;
const world = new World({ seed: 42 });
const owners = new Map();

function ownerOf(i) {
  const name = shares === 'one token' ? 'everywhere' : `of-${i}`;
  if (!owners.has(name)) {
    const user = world.addUser({ login: `owner-${name}` });
    const token = `ghp_fleet${name}`;
    world.addToken({ token, user });
    for (const resource of ['core', 'graphql']) world.setRemaining(token, resource, 15_000);
    owners.set(name, { user, token });
  }
  return owners.get(name);
}

const fleet = Array.from({ length: organizations }, (_, i) => {
  const login = `acme-${i + 1}`;
  const organization = world.addOrganization({ login, members: members - 1 });
  const { user, token } = ownerOf(i + 1);
  organization.join(user, { role: 'admin' });
  return { login, token };
});
const simulator = await Simulator.start({
  world,
  restLatencyMs: latencyMs,
  graphqlLatencyMs: latencyMs,
  // GitHub's own.
  secondaryLimits: true,
  mostLogEntries: 1_000,
});

answerCalls({
  url: () => simulator.url,
  fleet: () => fleet,
  /** How many requests a secondary limit refused. */
  refused: () => simulator.secondaryLimited,
});
