import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** Failed sign-ins are counted by account, by network and by both. What failed in the last minutes is forgotten. */
export class CreateSignInCounts1795420800132 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await queryRunner.query('DROP TABLE sign_in_failures');
    await queryRunner.query(`CREATE TABLE sign_in_counts (
      key_hash varchar(64) PRIMARY KEY NOT NULL,
      failures int NOT NULL,
      expires_at ${dateTime} NOT NULL
    ) ${table}`);
    await queryRunner.query('CREATE INDEX sign_in_counts_expired ON sign_in_counts (expires_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, table } = words(queryRunner);
    await queryRunner.query('DROP TABLE sign_in_counts');
    await queryRunner.query(`CREATE TABLE sign_in_failures (
      id ${id},
      key_hash varchar(64) NOT NULL,
      failed_at ${dateTime} NOT NULL
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX sign_in_failures_recent ON sign_in_failures (key_hash, failed_at)',
    );
  }
}
