import { MigrationInterface, QueryRunner } from 'typeorm';
import { widen, words } from './support/schema.js';

/** `invitation_cancelled` has 20 characters, and the column had 16. */
export class WidenKindOfMemberChanges1795420800195 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await widen(queryRunner, 'member_changes', 'kind', 'varchar(32) NOT NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DELETE FROM member_changes WHERE LENGTH(kind) > 16');
    if (words(queryRunner).isSqlite) return;
    await queryRunner.query('ALTER TABLE member_changes MODIFY kind varchar(16) NOT NULL');
  }
}
