import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, oneOf, words } from './support/schema.js';

export class AddRemovalDecisionToMemberSyncRuns1795420800116 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime } = words(queryRunner);
    await addColumns(queryRunner, 'member_sync_runs', [
      `removal_decision varchar(16) NULL ${oneOf('removal_decision', 'approve', 'reject')}`,
      'removal_decided_by varchar(254) NULL',
      `removal_decided_at ${dateTime} NULL`,
      'undoes_run_id int NULL',
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_sync_runs', [
      'undoes_run_id',
      'removal_decided_at',
      'removal_decided_by',
      'removal_decision',
    ]);
  }
}
