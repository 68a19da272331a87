import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

/** Removals of outside collaborators are held like those of members, and approvals of each are counted apart. */
export class AddPartToHeldRemovals1795420800200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'held_removals', ["part varchar(32) NOT NULL DEFAULT 'members'"]);
    await addColumns(queryRunner, 'member_sync_runs', [
      'collaborators_approved_in_parts int NOT NULL DEFAULT 0',
      'removals_approved int NULL',
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query("DELETE FROM held_removals WHERE part <> 'members'");
    await dropColumns(queryRunner, 'held_removals', ['part']);
    await dropColumns(queryRunner, 'member_sync_runs', [
      'collaborators_approved_in_parts',
      'removals_approved',
    ]);
  }
}
