import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, oneOf, words } from './support/schema.js';

/** How far each part of an integration's data is known, by the last run that looked at it. */
export class CreateIntegrationParts1795420800192 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE integration_parts (
      integration_id int NOT NULL,
      part varchar(32) NOT NULL,
      state varchar(16) NOT NULL ${oneOf('state', 'complete', 'incomplete', 'not_visible', 'failed')},
      needs text NULL,
      as_of ${dateTime} NULL,
      run_id int NOT NULL,
      added int NOT NULL,
      changed int NOT NULL,
      removed int NOT NULL,
      total int NOT NULL,
      PRIMARY KEY (integration_id, part),
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE integration_parts');
  }
}
