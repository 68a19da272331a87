import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** Whether the last complete list of outside collaborators had somebody. */
export class AddOutsideToMembers1795420800194 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'members', [`outside ${words(queryRunner).boolean} NULL`]);
    await queryRunner.query(
      'CREATE INDEX members_outside ON members (integration_id, status, outside, login_key, id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    await queryRunner.query(`DROP INDEX members_outside${isSqlite ? '' : ' ON members'}`);
    await dropColumns(queryRunner, 'members', ['outside']);
  }
}
