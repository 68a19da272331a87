import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** Counts whom a filter finds without a look at the rows. */
export class IndexFiltersOfMembers1795420800152 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX members_by_filters ON members
       (integration_id, status, role, two_factor_enabled, suspended, github_type, since)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    await queryRunner.query(`DROP INDEX members_by_filters${isSqlite ? '' : ' ON members'}`);
  }
}
