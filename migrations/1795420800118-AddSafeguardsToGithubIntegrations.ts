import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

export class AddSafeguardsToGithubIntegrations1795420800118 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime } = words(queryRunner);
    await addColumns(queryRunner, 'github_integrations', [
      'hold_above_percent int NOT NULL DEFAULT 20',
      'hold_above_people int NOT NULL DEFAULT 5',
      `changes_pruned_until ${dateTime} NULL`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'github_integrations', [
      'changes_pruned_until',
      'hold_above_people',
      'hold_above_percent',
    ]);
  }
}
