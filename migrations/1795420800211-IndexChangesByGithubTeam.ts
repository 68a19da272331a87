import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** For the history of a GitHub team. Most changes concern none, which SQLite need not index. */
export class IndexChangesByGithubTeam1795420800211 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const some = words(queryRunner).isSqlite ? ' WHERE github_team_id IS NOT NULL' : '';
    await queryRunner.query(
      `CREATE INDEX member_changes_github_team ON member_changes (github_team_id, id)${some}`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const on = words(queryRunner).isSqlite ? '' : ' ON member_changes';
    await queryRunner.query(`DROP INDEX member_changes_github_team${on}`);
  }
}
