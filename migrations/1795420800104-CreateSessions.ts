import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

export class CreateSessions1795420800104 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE sessions (
      id_hash varchar(64) PRIMARY KEY NOT NULL,
      user_id int NULL,
      data text NOT NULL,
      expires_at ${dateTime} NOT NULL,
      ${belongsTo('user_id', 'users')}
    ) ${table}`);
    await queryRunner.query('CREATE INDEX sessions_user ON sessions (user_id)');
    await queryRunner.query('CREATE INDEX sessions_expiry ON sessions (expires_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sessions');
  }
}
