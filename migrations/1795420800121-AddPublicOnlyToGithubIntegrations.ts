import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

export class AddPublicOnlyToGithubIntegrations1795420800121 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { boolean } = words(queryRunner);
    await addColumns(queryRunner, 'github_integrations', [
      `public_only ${boolean} NOT NULL DEFAULT 0`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'github_integrations', ['public_only']);
  }
}
