import { demoWorld, drift } from '../simulator/demo-organization.js';
import { Simulator } from '../simulator/simulator.js';

/** GitHub is not slow enough in here for anybody to see something, in ms. */
const LATENCY = { restLatencyMs: 150, graphqlLatencyMs: 400 };

/** What each run asks first, and only once: which organization it is. */
const BEGINNING_OF_A_RUN = /^GET \/organizations\/\d+$/;

/** A GitHub on this machine whose people come and go: each run but the first finds changes, and never while it reads. */
export async function startDemoGithub() {
  const { world, organization, token } = demoWorld();
  const simulator = await Simulator.start({ world, ...LATENCY });
  simulator.faults
    .on(BEGINNING_OF_A_RUN, { after: 1, times: Number.POSITIVE_INFINITY })
    .before(() => drift(world, organization));
  return { simulator, token, login: organization.login };
}
