import { GithubFailure } from '../github/github-failure.js';

/** Why a run did not end well, in the words that page, API and command line show. */
export interface RunFailure {
  code: string;
  message: string;
  remedy: string;
}

/** The run was taken from this worker: cancelled, finished, or claimed by another. It must write nothing more. */
export class LeaseLost extends Error {
  constructor() {
    super('The run belongs to somebody else by now.');
  }
}

/** What to say of an error. What is not known to be safe to show is not shown. */
export function runFailureOf(error: unknown): RunFailure {
  if (error instanceof GithubFailure)
    return { code: error.code, message: error.message, remedy: error.remedy };
  return {
    code: 'internal',
    message: 'Rollcall itself failed while it synced the members.',
    remedy: "Sync again. If it stays, the server's log says more.",
  };
}
