import type { EntityManager } from 'typeorm';
import { GithubIntegration } from '../connections/github-integration.entity.js';

/** Counts one more run of an integration, in the transaction that inserts it. */
export const oneMoreRun = { runCount: () => 'run_count + 1' };

/** The number of that run; the update locked the row. */
export async function lastRunNumber(manager: EntityManager, id: number): Promise<number> {
  const select = { id: true, runCount: true };
  return (await manager.findOneOrFail(GithubIntegration, { select, where: { id } })).runCount;
}

/** SQL for the same, in the statement that inserts the run. */
export const lastNumberOf = (id: number): string =>
  `(SELECT run_count FROM github_integrations WHERE id = ${id})`;
