import type { RunningDemo } from '../github/demo/demo-github.js';
import { demoWorld, drift } from '../simulator/demo-organization.js';
import { Simulator } from '../simulator/simulator.js';

/** In ms. Without delays, a run would be too fast to watch. */
const LATENCY = { restLatencyMs: 150, graphqlLatencyMs: 400 };

/** The first request of each run, sent only once: it asks for the organization. */
const BEGINNING_OF_A_RUN = /^GET \/organizations\/\d+$/;

/** A simulated GitHub on this machine. Its members change before each run but the first, never during one. */
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
