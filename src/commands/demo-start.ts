import type { StartDemo } from '../github/demo/demo-github.js';

/** Loads the simulator when somebody first asks for it: most servers never show the demo organization. */
export const startDemo: StartDemo = async () =>
  (await import('./demo-github.js')).startDemoGithub();
