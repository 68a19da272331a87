import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, belongsTo, dropColumns, words } from './support/schema.js';

/** What the checks of a session at the identity provider need, apart from what each request reads. */
export class CreateSsoSessions1795420800171 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await addColumns(queryRunner, 'sessions', [`recheck_at ${dateTime}`]);
    await queryRunner.query(`CREATE TABLE sso_sessions (
      id_hash varchar(64) PRIMARY KEY NOT NULL,
      identity_id int NOT NULL,
      sealed_refresh_token text,
      failing_since ${dateTime},
      claimed_until ${dateTime},
      FOREIGN KEY (id_hash) REFERENCES sessions (id_hash) ON DELETE CASCADE,
      ${belongsTo('identity_id', 'user_identities')}
    ) ${table}`);
    await queryRunner.query('CREATE INDEX sso_sessions_identity ON sso_sessions (identity_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE sso_sessions');
    await dropColumns(queryRunner, 'sessions', ['recheck_at']);
  }
}
