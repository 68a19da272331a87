#!/usr/bin/env node
import 'reflect-metadata';
import { reportFailure } from './commands/outcome.js';
import { rollcall } from './commands/program.js';
import { endWithReader } from './platform/process/output.js';

endWithReader();
process.on('uncaughtException', (error) => process.exit(reportFailure(error)));
try {
  await rollcall().parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
