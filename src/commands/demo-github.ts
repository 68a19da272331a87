import type { RunningDemo } from '../github/demo/demo-github.js';
import { demoWorld, drift } from '../simulator/demo-organization.js';
import { Simulator } from '../simulator/simulator.js';

/** GitHub is not slow enough in here for anybody to see something, in ms. */
const LATENCY = { restLatencyMs: 150, graphqlLatencyMs: 400 };

/** What each run asks first, and only once: which organization it is. */
const BEGINNING_OF_A_RUN = /^GET \/organizations\/\d+$/;

/** A GitHub on this machine whose people come and go: each run but the first finds changes, and never while it reads. */
export async function startDemoGithub(): Promise<RunningDemo> {
  const { world, organization, token } = demoWorld();
  const simulator = await Simulator.start({ world, ...LATENCY, mostLogEntries: 100 });
  simulator.faults
    .on(BEGINNING_OF_A_RUN, { after: 1, times: Number.POSITIVE_INFINITY })
    .before(() => drift(world, organization));
  return {
    url: simulator.url,
    organization: organization.login,
    token,
    stop: () => simulator.stop(),
  };
}
