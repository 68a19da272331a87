import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** Which account has signed in from which network, as a hash of both. */
export class CreateKnownSignIns1795420800133 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE known_sign_ins (
      key_hash varchar(64) PRIMARY KEY NOT NULL,
      last_at ${dateTime} NOT NULL
    ) ${table}`);
    await queryRunner.query('CREATE INDEX known_sign_ins_old ON known_sign_ins (last_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE known_sign_ins');
  }
}
