import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

export class AddScheduleToGithubIntegrations1795420800123 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime } = words(queryRunner);
    await addColumns(queryRunner, 'github_integrations', [
      "schedule_kind varchar(8) NOT NULL DEFAULT 'off'",
      'schedule_weekday int NOT NULL DEFAULT 1',
      "schedule_time varchar(5) NOT NULL DEFAULT '03:00'",
      "schedule_zone varchar(64) NOT NULL DEFAULT 'UTC'",
      `next_sync_at ${dateTime} NULL`,
    ]);
    await queryRunner.query(
      'CREATE INDEX github_integrations_due ON github_integrations (next_sync_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const on = queryRunner.dataSource.options.type === 'mysql' ? ' ON github_integrations' : '';
    await queryRunner.query(`DROP INDEX github_integrations_due${on}`);
    await dropColumns(queryRunner, 'github_integrations', [
      'next_sync_at',
      'schedule_zone',
      'schedule_time',
      'schedule_weekday',
      'schedule_kind',
    ]);
  }
}
