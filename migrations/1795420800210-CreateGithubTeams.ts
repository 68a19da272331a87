import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, oneOf, words } from './support/schema.js';

/** The teams of an organization, and who is in each itself. Ended rows are kept for the past. */
export class CreateGithubTeams1795420800210 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, bigint, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE github_teams (
      id ${id},
      integration_id int NOT NULL,
      github_id ${bigint} NOT NULL,
      slug varchar(255) NOT NULL,
      name varchar(255) NOT NULL,
      privacy varchar(16) NOT NULL ${oneOf('privacy', 'closed', 'secret')},
      parent_github_id ${bigint} NULL,
      since ${dateTime} NOT NULL,
      left_at ${dateTime} NULL,
      UNIQUE (integration_id, github_id),
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
    await queryRunner.query(`CREATE TABLE github_team_members (
      id ${id},
      github_team_id int NOT NULL,
      github_id ${bigint} NOT NULL,
      role varchar(16) NOT NULL ${oneOf('role', 'maintainer', 'member')},
      since ${dateTime} NOT NULL,
      left_at ${dateTime} NULL,
      ${belongsTo('github_team_id', 'github_teams')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX github_team_members_team ON github_team_members (github_team_id, left_at, github_id, role)',
    );
    await queryRunner.query(
      'CREATE INDEX github_team_members_person ON github_team_members (github_id, left_at, github_team_id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE github_team_members');
    await queryRunner.query('DROP TABLE github_teams');
  }
}
