import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

/** Why a queued run waits, where the queue did not take it. */
export class AddQueueProblemToMemberSyncRuns1795420800139 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'member_sync_runs', ['queue_problem varchar(255) NULL']);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_sync_runs', ['queue_problem']);
  }
}
