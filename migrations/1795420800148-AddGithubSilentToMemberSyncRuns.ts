import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** Whether GitHub does not answer a running run, which tries again. */
export class AddGithubSilentToMemberSyncRuns1795420800148 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { boolean } = words(queryRunner);
    await addColumns(queryRunner, 'member_sync_runs', [
      `github_silent ${boolean} NOT NULL DEFAULT 0`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_sync_runs', ['github_silent']);
  }
}
