import type { Command } from 'commander';
import { loadConfig } from '../config/config.js';
import { serve } from '../main.js';

export function addWorker(program: Command): void {
  program
    .command('worker')
    .description('work on runs: ROLE=worker serve')
    .action(() => serve(loadConfig({ ...process.env, ROLE: 'worker' })));
}
