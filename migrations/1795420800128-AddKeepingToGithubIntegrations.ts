import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

export class AddKeepingToGithubIntegrations1795420800128 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime } = words(queryRunner);
    await addColumns(queryRunner, 'github_integrations', [
      'keep_days int NULL',
      `disconnected_at ${dateTime} NULL`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'github_integrations', ['disconnected_at', 'keep_days']);
  }
}
