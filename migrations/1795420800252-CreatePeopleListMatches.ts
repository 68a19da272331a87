import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** Who of a people list is who on GitHub, as it was last compared, and what it was compared with. */
export class CreatePeopleListMatches1795420800252 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, bigint, json, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE people_list_matches (
      id ${id},
      team_id int NOT NULL,
      category varchar(16) NOT NULL,
      matched_by varchar(16) NULL,
      person_id int NULL,
      member_id int NULL,
      github_id ${bigint} NULL,
      candidates ${json} NULL,
      sort_key varchar(254) NOT NULL,
      search_key text NOT NULL,
      ${belongsTo('team_id', 'teams')},
      ${belongsTo('person_id', 'people_list_people')}
    ) ${table}`);
    const indexes = {
      people_list_matches_category: 'team_id, category, sort_key, id',
      people_list_matches_all: 'team_id, sort_key, id',
      people_list_matches_person: 'person_id',
      people_list_matches_account: 'team_id, github_id',
    };
    for (const [name, columns] of Object.entries(indexes))
      await queryRunner.query(`CREATE INDEX ${name} ON people_list_matches (${columns})`);
    await queryRunner.query(`CREATE TABLE people_list_comparisons (
      team_id int NOT NULL PRIMARY KEY,
      choices int NOT NULL,
      stamp varchar(64) NOT NULL,
      compared_at ${dateTime} NULL,
      counts ${json} NULL,
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE people_list_comparisons');
    await queryRunner.query('DROP TABLE people_list_matches');
  }
}
