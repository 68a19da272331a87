import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/**
 * People to look at again. `run_id` is 0 while a hint waits, else the run that looks: so the unique key keeps one hint of
 * a person that waits, and lets another one come while a run looks. `subject` is GitHub's id of the person, a login with
 * `@` before it, or `*` for everybody.
 */
export class CreateHints1795420800180 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE hints (
      id ${id},
      integration_id int NOT NULL,
      run_id int NOT NULL DEFAULT 0,
      subject varchar(128) NOT NULL,
      node_id varchar(255) NULL,
      hinted_at ${dateTime} NOT NULL,
      tries int NOT NULL DEFAULT 0,
      not_before ${dateTime} NULL,
      UNIQUE (integration_id, run_id, subject),
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
    await queryRunner.query('CREATE INDEX hints_waiting ON hints (run_id, integration_id, id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE hints');
  }
}
