import { isDiskFull } from '../../platform/database/dialect.js';
import { diskFull } from '../../platform/database/disk-full.js';
import { PublicError } from '../../platform/public-error.js';

/** Why a run did not complete, in the words that page, API and command line show. */
export interface RunFailure {
  code: string;
  message: string;
  remedy: string;
}

/** The run was taken from this worker: cancelled, finished, or claimed by another. It must write nothing more. */
export class LeaseLost extends Error {
  constructor() {
    super('This worker no longer owns the run.');
  }
}

/** The process shuts down; another worker continues the run. */
export class HandedBack extends Error {
  constructor() {
    super('The run was handed back because its worker shuts down.');
  }
}

/** A run whose worker died each time. */
export const takenOverTooOften = (times: number) =>
  new PublicError(
    500,
    'internal',
    `The worker of this run was lost ${times + 1} times. The run is not tried again.`,
    'Sync again. If it fails again, see the server log for the reason.',
  );

/** The action must wait for the end of the unfinished run. */
export const syncUnfinished = () =>
  new PublicError(
    409,
    'sync_unfinished',
    'A sync of this organization is already running.',
    'Wait until it finishes, or cancel it.',
  );

/** What to show for an error. The text of an unknown error is not shown. */
export function runFailureOf(error: unknown): RunFailure {
  if (error instanceof PublicError)
    return { code: error.code, message: error.message, remedy: error.remedy };
  if (isDiskFull(error)) return runFailureOf(diskFull(error));
  return {
    code: 'internal',
    message: 'Rollcall failed during the sync because of an internal error.',
    remedy: 'Sync again. If it fails again, see the server log.',
  };
}
