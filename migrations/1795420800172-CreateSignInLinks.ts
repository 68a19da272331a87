import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** Links with which an operator lets somebody in, by a hash of their code. */
export class CreateSignInLinks1795420800172 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE sign_in_links (
      code_hash varchar(64) PRIMARY KEY NOT NULL,
      user_id int NOT NULL,
      expires_at ${dateTime} NOT NULL,
      ${belongsTo('user_id', 'users')}
    ) ${table}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sign_in_links');
  }
}
