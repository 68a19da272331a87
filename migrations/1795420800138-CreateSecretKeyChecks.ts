import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** One row, by which a process knows that its SECRET_KEY is the one of this database. */
export class CreateSecretKeyChecks1795420800138 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE secret_key_checks (
      id int NOT NULL PRIMARY KEY,
      check_value varchar(64) NOT NULL,
      created_at ${dateTime} NOT NULL
    ) ${table}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE secret_key_checks');
  }
}
