#!/usr/bin/env node
import 'reflect-metadata';
import { reportFailure } from './commands/outcome.js';
import { rollcall } from './commands/program.js';
import { endProcess, endWithReader } from './platform/process/output.js';

endWithReader();
process.on('uncaughtException', (error) => process.exit(reportFailure(error)));
try {
  await rollcall().parseAsync();
} catch (error) {
  // A start that failed may have left connections and threads open, which would keep the process alive.
  await endProcess(reportFailure(error));
}
