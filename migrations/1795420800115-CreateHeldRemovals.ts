import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

export class CreateHeldRemovals1795420800115 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { bigint, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE held_removals (
      run_id int NOT NULL,
      github_id ${bigint} NOT NULL,
      login varchar(255) NOT NULL,
      PRIMARY KEY (run_id, github_id),
      ${belongsTo('run_id', 'member_sync_runs')}
    ) ${table}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE held_removals');
  }
}
