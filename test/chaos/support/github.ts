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
  world.addToken({ token, user: owner });
  const simulator = await Simulator.start({ world, ...LATENCY });
  return { simulator, world, organization, token };
}
