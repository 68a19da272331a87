import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** `invitation_cancelled` has 20 characters, and the column had 16. SQLite keeps to no length. */
export class WidenKindOfMemberChanges1795420800195 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await resize(queryRunner, 32);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DELETE FROM member_changes WHERE LENGTH(kind) > 16');
    await resize(queryRunner, 16);
  }
}

async function resize(queryRunner: QueryRunner, characters: number): Promise<void> {
  if (words(queryRunner).isSqlite) return;
  await queryRunner.query(`ALTER TABLE member_changes MODIFY kind varchar(${characters}) NOT NULL`);
}
