import type { RunningDemo } from '../../src/github/demo/demo-github.js';
import { demoWorld } from '../../src/simulator/demo-organization.js';
import { Simulator } from '../../src/simulator/simulator.js';

/** More than fit on one page of GitHub's list. */
export const DEMO_MEMBERS = 140;

/** The demo organization in small, and as fast as it can; counts its starts and stops. */
export function smallDemo() {
  const counts = { starts: 0, stops: 0 };
  const startDemo = async (): Promise<RunningDemo> => {
    counts.starts++;
    const { world, organization, token } = demoWorld({ members: DEMO_MEMBERS });
    const simulator = await Simulator.start({ world });
    const stop = async () => {
      counts.stops++;
      await simulator.stop();
    };
    return { url: simulator.url, organization: organization.login, token, stop };
  };
  return { counts, startDemo };
}
