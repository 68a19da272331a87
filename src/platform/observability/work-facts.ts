import { WorkLocal } from './work-local.js';

/** What every line of the log says of the work that is under way. No value may be a secret. */
export interface WorkFacts {
  requestId?: string;
  userId?: number;
  tokenId?: number;
  teamId?: number;
  runId?: number;
  integrationId?: number;
}

const facts = new WorkLocal<WorkFacts>();

/** Lines that `work` writes have these facts, and no others. Facts may be added while it runs. */
export const withFacts = <T>(known: WorkFacts, work: () => T): T => facts.run({ ...known }, work);

/** Adds to the facts of the current work; does nothing outside of `withFacts`. */
export function addFacts(known: WorkFacts): void {
  Object.assign(facts.get() ?? {}, known);
}

export const currentFacts = (): WorkFacts => facts.get() ?? {};
