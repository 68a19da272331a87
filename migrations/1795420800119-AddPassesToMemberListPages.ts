import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

export class AddPassesToMemberListPages1795420800119 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // A proof that the list is complete may take several executions of a run, with waits between them.
    await addColumns(queryRunner, 'member_list_pages', [
      'former_ids text NULL',
      'checked_in int NOT NULL DEFAULT 0',
      'changed_in int NOT NULL DEFAULT 0',
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_list_pages', ['changed_in', 'checked_in', 'former_ids']);
  }
}
