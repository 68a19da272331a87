import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, oneOf, words } from './support/schema.js';

/** Invitations to organizations, also ended ones. */
export class CreateOrganizationInvitations1795420800196 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, bigint, dateTime, json, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE organization_invitations (
      id ${id},
      integration_id int NOT NULL,
      github_id ${bigint} NOT NULL,
      login varchar(255) NULL,
      email varchar(255) NULL,
      role varchar(64) NOT NULL,
      state varchar(16) NOT NULL ${oneOf('state', 'pending', 'failed', 'accepted', 'cancelled', 'ended', 'dismissed')},
      failed_reason text NULL,
      inviter_github_id ${bigint} NULL,
      inviter_login varchar(255) NULL,
      github_teams ${json} NULL,
      invited_at ${dateTime} NOT NULL,
      ended_at ${dateTime} NULL,
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX organization_invitations_github_id ON organization_invitations (integration_id, github_id)',
    );
    await queryRunner.query(
      'CREATE INDEX organization_invitations_state ON organization_invitations (integration_id, state, id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE organization_invitations');
  }
}
