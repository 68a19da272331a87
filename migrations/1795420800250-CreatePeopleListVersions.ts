import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** Each upload of a team's people list that changed it. */
export class CreatePeopleListVersions1795420800250 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE people_list_versions (
      id ${id},
      team_id int NOT NULL,
      number int NOT NULL,
      created_at ${dateTime} NOT NULL,
      made_by varchar(254) NOT NULL,
      source varchar(16) NOT NULL,
      people int NOT NULL,
      added int NOT NULL,
      changed int NOT NULL,
      removed int NOT NULL,
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX people_list_versions_number ON people_list_versions (team_id, number)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE people_list_versions');
  }
}
