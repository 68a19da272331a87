import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** Who a user is at an identity provider. */
export class CreateUserIdentities1795420800170 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, boolean, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE user_identities (
      id ${id},
      user_id int NOT NULL,
      issuer varchar(255) NOT NULL,
      subject varchar(255) NOT NULL,
      admin_by_groups ${boolean} NOT NULL DEFAULT 0,
      created_at ${dateTime} NOT NULL,
      checked_at ${dateTime} NOT NULL,
      ${belongsTo('user_id', 'users')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX user_identities_subject ON user_identities (issuer, subject)',
    );
    await queryRunner.query('CREATE INDEX user_identities_user ON user_identities (user_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE user_identities');
  }
}
