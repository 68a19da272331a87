import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

/** How many removals of a held set were approved while others stayed held. */
export class AddApprovedInPartsToMemberSyncRuns1795420800153 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'member_sync_runs', ['approved_in_parts int NOT NULL DEFAULT 0']);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_sync_runs', ['approved_in_parts']);
  }
}
