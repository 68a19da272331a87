import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, oneOf, words } from './support/schema.js';

/** Invitations into a team. Used and withdrawn ones stay for a while, so that their links can say so. */
export class CreateUserInvitations1795420800177 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE user_invitations (
      id ${id},
      team_id int NOT NULL,
      email varchar(254) NOT NULL,
      role varchar(16) NOT NULL ${oneOf('role', 'admin', 'member')},
      code_hash varchar(64) NOT NULL,
      invited_by varchar(254) NOT NULL,
      created_at ${dateTime} NOT NULL,
      expires_at ${dateTime} NOT NULL,
      accepted_at ${dateTime} NULL,
      withdrawn_at ${dateTime} NULL,
      UNIQUE (code_hash),
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
    await queryRunner.query('CREATE INDEX user_invitations_team ON user_invitations (team_id)');
    await queryRunner.query(
      'CREATE INDEX user_invitations_expiry ON user_invitations (expires_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE user_invitations');
  }
}
