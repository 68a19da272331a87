import { DataSource } from 'typeorm';
import { databaseTime } from '../../platform/database/dialect.js';

/**
 * SQL for a run that a worker may claim. Each part is a transition to `running` in run-states.ts. Leases and waits use
 * the database's clock.
 */
export function claimable(dataSource: DataSource): string {
  const now = databaseTime(dataSource);
  return `(state = 'queued' OR (state = 'running' AND leased_until < ${now}) OR (state = 'waiting' AND resumes_at <= ${now}))`;
}
