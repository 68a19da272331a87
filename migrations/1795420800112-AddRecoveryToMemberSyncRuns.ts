import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

export class AddRecoveryToMemberSyncRuns1795420800112 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'member_sync_runs', [
      'takeovers int NOT NULL DEFAULT 0',
      'active_before int NULL',
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_sync_runs', ['active_before', 'takeovers']);
  }
}
