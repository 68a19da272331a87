import type { RunningDemo } from '../github/demo/demo-github.js';
import { demoWorld, drift } from '../simulator/demo-organization.js';
import type { SimRequest } from '../simulator/exchange.js';
import { MEMBER_PAGES } from '../simulator/faults.js';
import { LiveOrganization } from '../simulator/live-organization.js';
import { Simulator } from '../simulator/simulator.js';

/** In ms. Without delays, a run would be too fast to watch. */
const LATENCY = { restLatencyMs: 150, graphqlLatencyMs: 150 };

/** In ms. */
const CHANGE_EVERY = 5_000;

/** The first request of each run, which is not sent again while lists are read: it asks for the token's owner. */
const BEGINNING_OF_A_RUN = /^GET \/user$/;

interface LiveDemo extends RunningDemo {
  /** People join and leave from now on, which the webhooks of the organization are told. */
  comeToLife(): void;
}

/** A simulated GitHub on this machine. Its members change before each run of everybody but the first, never during one. */
export async function startDemoGithub(): Promise<LiveDemo> {
  const { world, organization, token } = demoWorld();
  const simulator = await Simulator.start({ world, ...LATENCY, mostLogEntries: 100 });
  const live = new LiveOrganization(world, organization);
  driftBeforeLists(simulator, () => drift(world, organization));
  return {
    url: simulator.url,
    organization: organization.login,
    token,
    comeToLife: () => live.start(CHANGE_EVERY),
    stop: async () => {
      live.stop();
      await simulator.stop();
    },
  };
}

/** Of everybody. A run of single people begins like any, and asks only who has no two-factor authentication. */
const LIST = (request: SimRequest): boolean =>
  MEMBER_PAGES.test(`${request.method} ${request.pathname}`) && !request.query.has('filter');

/** Nobody is told, so that the run itself finds the changes. */
function driftBeforeLists({ faults, hooks }: Simulator, change: () => void): void {
  const always = { times: Number.POSITIVE_INFINITY };
  let isDue = false;
  let isListed = false;
  faults.on(BEGINNING_OF_A_RUN, always).before(() => {
    isDue = isListed;
  });
  faults.on(LIST, always).before(() => {
    isListed = true;
    if (!isDue) return;
    isDue = false;
    const { network } = hooks;
    hooks.network = { lost: 1 };
    change();
    hooks.network = network;
  });
}
