import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** The beginning of the email address in lower case, to search for it. */
export class AddEmailKeyToMembers1795420800150 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    const key = isSqlite ? 'substr(lower(email), 1, 255)' : 'LEFT(LOWER(email), 255)';
    await addColumns(queryRunner, 'members', [
      `email_key varchar(255) GENERATED ALWAYS AS (${key}) VIRTUAL`,
    ]);
    await queryRunner.query(
      'CREATE INDEX members_by_email ON members (integration_id, status, email_key, login_key, id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    await queryRunner.query(`DROP INDEX members_by_email${isSqlite ? '' : ' ON members'}`);
    await dropColumns(queryRunner, 'members', ['email_key']);
  }
}
