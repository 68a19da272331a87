import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** GitHub teams, and places in them, whose removal waits for an admin. */
export class CreateHeldTeamRemovals1795420800230 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { bigint, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE held_team_removals (
      run_id int NOT NULL,
      github_team_id int NOT NULL,
      github_id ${bigint} NOT NULL,
      place_id int NULL,
      team_name varchar(255) NOT NULL,
      login varchar(255) NOT NULL,
      memberships int NOT NULL,
      PRIMARY KEY (run_id, github_team_id, github_id),
      ${belongsTo('run_id', 'member_sync_runs')},
      ${belongsTo('github_team_id', 'github_teams')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX held_team_removals_team ON held_team_removals (github_team_id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE held_team_removals');
  }
}
