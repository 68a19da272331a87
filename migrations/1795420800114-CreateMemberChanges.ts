import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

export class CreateMemberChanges1795420800114 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, bigint, dateTime, json, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE member_changes (
      id ${id},
      integration_id int NOT NULL,
      run_id int NULL,
      github_id ${bigint} NOT NULL,
      login varchar(255) NOT NULL,
      kind varchar(16) NOT NULL,
      values_before ${json} NULL,
      values_after ${json} NULL,
      made_by varchar(254) NULL,
      made_at ${dateTime} NOT NULL,
      ${belongsTo('integration_id', 'github_integrations')},
      ${belongsTo('run_id', 'member_sync_runs', 'SET NULL')}
    ) ${table}`);
    await queryRunner.query('CREATE INDEX member_changes_run ON member_changes (run_id, id)');
    await queryRunner.query(
      'CREATE INDEX member_changes_history ON member_changes (integration_id, made_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE member_changes');
  }
}
