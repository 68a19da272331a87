import 'reflect-metadata';
import { endProcess, endWithReader } from '../platform/process/output.js';
import { reportFailure } from './outcome.js';
import { rollcall } from './program.js';

endWithReader();
process.on('uncaughtException', (error) => process.exit(reportFailure(error)));
try {
  await rollcall().parseAsync();
} catch (error) {
  // A failed start may leave connections and threads open, which would keep the process alive.
  await endProcess(reportFailure(error));
}
