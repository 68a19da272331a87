import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** What changed of one person since a moment is found without a look at the changes of others. */
export class IndexChangesOfPerson1795420800142 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE INDEX member_changes_person ON member_changes (integration_id, github_id, made_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    await queryRunner.query(
      `DROP INDEX member_changes_person${isSqlite ? '' : ' ON member_changes'}`,
    );
  }
}
