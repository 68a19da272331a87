import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

/**
 * `people` is how many a run of scope `people` looks at. `hints_until` is the last hint that came before a run of scope
 * `everybody` began, and `missed` is how many changes it found that no hint had told.
 */
export class AddScopeToMemberSyncRuns1795420800181 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'member_sync_runs', [
      "scope varchar(16) NOT NULL DEFAULT 'everybody'",
      'people int NULL',
      'hints_until int NULL',
      'missed int NULL',
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const columns = ['missed', 'hints_until', 'people', 'scope'];
    await dropColumns(queryRunner, 'member_sync_runs', columns);
  }
}
