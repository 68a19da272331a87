import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** For the teams in a team. */
export class IndexGithubTeamsByParent1795420800236 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE INDEX github_teams_parent ON github_teams (integration_id, parent_github_id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const on = words(queryRunner).isSqlite ? '' : ' ON github_teams';
    await queryRunner.query(`DROP INDEX github_teams_parent${on}`);
  }
}
