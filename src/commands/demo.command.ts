import type { Command } from 'commander';
import { type OneShotOptions, oneShot } from './one-shot.js';

export interface DemoOptions extends OneShotOptions {
  once?: boolean;
}

export function addDemo(program: Command): void {
  oneShot(program, 'demo')
    .description('try Rollcall on a simulated organization of 2,500 people')
    .option('--once', 'end after the counts')
    .action(async (options: DemoOptions) => {
      // Only here, because the simulator is no part of what runs in earnest.
      const { demo } = await import('./demo.js');
      await demo(options);
    });
}
