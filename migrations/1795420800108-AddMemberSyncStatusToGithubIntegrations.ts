import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, oneOf, words } from './support/schema.js';

export class AddMemberSyncStatusToGithubIntegrations1795420800108 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, json, emptyText } = words(queryRunner);
    const status = oneOf('member_sync_status', 'pending', 'syncing', 'complete', 'error');
    await addColumns(queryRunner, 'github_integrations', [
      `member_sync_status varchar(16) NOT NULL DEFAULT 'pending' ${status}`,
      `member_sync_started_at ${dateTime} NULL`,
      `member_sync_completed_at ${dateTime} NULL`,
      `member_sync_error ${emptyText}`,
      `member_sync_result ${json} NULL`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'github_integrations', [
      'member_sync_result',
      'member_sync_error',
      'member_sync_completed_at',
      'member_sync_started_at',
      'member_sync_status',
    ]);
  }
}
