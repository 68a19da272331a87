import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/**
 * The people of a team's list, each known by the email address in all versions, with who they are on GitHub where a person
 * chose it; and what the versions say of them.
 */
export class CreatePeopleListPeople1795420800251 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, bigint, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE people_list_people (
      id ${id},
      team_id int NOT NULL,
      email varchar(254) NOT NULL,
      chosen_api_url varchar(255) NULL,
      chosen_github_id ${bigint} NULL,
      chosen_by varchar(254) NULL,
      chosen_at ${dateTime} NULL,
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX people_list_people_email ON people_list_people (team_id, email)',
    );
    await queryRunner.query(`CREATE TABLE people_list_rows (
      id ${id},
      person_id int NOT NULL,
      team_id int NOT NULL,
      from_version int NOT NULL,
      until_version int NULL,
      name varchar(255) NOT NULL,
      github_login varchar(255) NULL,
      status varchar(16) NOT NULL,
      end_date varchar(10) NULL,
      manager_email varchar(254) NULL,
      ${belongsTo('person_id', 'people_list_people')},
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX people_list_rows_person ON people_list_rows (person_id, until_version)',
    );
    await queryRunner.query(
      'CREATE INDEX people_list_rows_until ON people_list_rows (team_id, until_version)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE people_list_rows');
    await queryRunner.query('DROP TABLE people_list_people');
  }
}
