import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, oneOf, words } from './support/schema.js';

export class CreateMemberSyncRuns1795420800110 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, json, table } = words(queryRunner);
    const states = ['queued', 'running', 'waiting', 'complete', 'error', 'cancelled'];
    // `unfinished_integration_id` is the integration's id while the run is unfinished, else null, and so it is the
    // database that allows one unfinished run an integration.
    await queryRunner.query(`CREATE TABLE member_sync_runs (
      id ${id},
      integration_id int NOT NULL,
      unfinished_integration_id int NULL,
      trigger_kind varchar(16) NOT NULL,
      requested_by varchar(254) NULL,
      requested_at ${dateTime} NOT NULL,
      state varchar(16) NOT NULL ${oneOf('state', ...states)},
      epoch int NOT NULL DEFAULT 0,
      claimed_by varchar(36) NULL,
      leased_until ${dateTime} NULL,
      handed_over_at ${dateTime} NULL,
      started_at ${dateTime} NULL,
      finished_at ${dateTime} NULL,
      resumes_at ${dateTime} NULL,
      phase varchar(32) NULL,
      done int NOT NULL DEFAULT 0,
      total int NULL,
      result ${json} NULL,
      error_code varchar(64) NULL,
      error_message text NULL,
      error_remedy text NULL,
      github_requests int NOT NULL DEFAULT 0,
      github_not_modified int NOT NULL DEFAULT 0,
      UNIQUE (unfinished_integration_id),
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX member_sync_runs_history ON member_sync_runs (integration_id, id)',
    );
    await queryRunner.query(
      'CREATE INDEX member_sync_runs_unfinished ON member_sync_runs (state, leased_until)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE member_sync_runs');
  }
}
