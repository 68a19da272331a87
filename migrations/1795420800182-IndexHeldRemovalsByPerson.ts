import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** A run of single people takes those whom it looked at out of the removals that wait for a decision. */
export class IndexHeldRemovalsByPerson1795420800182 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX held_removals_person ON held_removals (github_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    await queryRunner.query(
      `DROP INDEX held_removals_person${isSqlite ? '' : ' ON held_removals'}`,
    );
  }
}
