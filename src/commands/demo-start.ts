import type { StartDemo } from '../github/demo/demo-github.js';

/** Loads the simulator on first use: most servers never show the demo organization. */
export const startDemo: StartDemo = async () =>
  (await import('./demo-github.js')).startDemoGithub();
