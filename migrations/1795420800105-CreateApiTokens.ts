import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

export class CreateApiTokens1795420800105 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE api_tokens (
      id ${id},
      team_id int NOT NULL,
      name varchar(100) NOT NULL,
      token_hash varchar(64) NOT NULL,
      created_at ${dateTime} NOT NULL,
      last_used_at ${dateTime} NULL,
      expires_at ${dateTime} NULL,
      revoked_at ${dateTime} NULL,
      UNIQUE (token_hash),
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE api_tokens');
  }
}
