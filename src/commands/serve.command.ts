import type { Command } from 'commander';
import { loadConfig } from '../config/config.js';
import { serve } from '../main.js';

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('answer requests and work on runs, or what ROLE says of the two')
    .action(() => serve(loadConfig(process.env)));
}
