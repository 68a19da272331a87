import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, oneOf, words } from './support/schema.js';

/** Access reviews: a copy of everybody with access to organizations, and what was decided about each of them. */
export class CreateAccessReviews1795420800260 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, bigint, boolean, json, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE access_reviews (
      id ${id},
      team_id int NOT NULL,
      name varchar(100) NOT NULL,
      organizations ${json} NOT NULL,
      state varchar(16) NOT NULL ${oneOf('state', 'open', 'closed')},
      started_by varchar(254) NOT NULL,
      started_at ${dateTime} NOT NULL,
      due_on varchar(10) NOT NULL,
      removal_days int NOT NULL,
      counts ${json} NOT NULL,
      closed_by varchar(254) NULL,
      closed_at ${dateTime} NULL,
      sha256 varchar(64) NULL,
      audit_entries ${json} NULL,
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
    await queryRunner.query('CREATE INDEX access_reviews_team ON access_reviews (team_id, id)');
    await queryRunner.query(`CREATE TABLE access_review_items (
      id ${id},
      review_id int NOT NULL,
      integration_id int NOT NULL,
      member_id int NOT NULL,
      organization varchar(255) NOT NULL,
      github_id ${bigint} NOT NULL,
      login varchar(255) NOT NULL,
      name varchar(1024) NOT NULL,
      affiliation varchar(24) NOT NULL,
      role varchar(16) NULL,
      two_factor ${boolean} NULL,
      github_teams ${json} NOT NULL,
      saml_name_id varchar(1024) NULL,
      verified_emails ${json} NULL,
      found ${json} NULL,
      reviewer_id int NULL,
      reviewer varchar(254) NULL,
      decision varchar(16) NULL ${oneOf('decision', 'keep', 'remove', 'question')},
      reason varchar(1000) NOT NULL,
      decided_by varchar(254) NULL,
      decided_at ${dateTime} NULL,
      sort_key varchar(255) NOT NULL,
      search_key text NOT NULL,
      ${belongsTo('review_id', 'access_reviews')},
      ${belongsTo('reviewer_id', 'users', 'SET NULL')}
    ) ${table}`);
    const indexes = {
      access_review_items_all: 'review_id, sort_key, id',
      access_review_items_decision: 'review_id, decision, sort_key, id',
      access_review_items_reviewer: 'review_id, reviewer_id, sort_key, id, decision',
      access_review_items_user: 'reviewer_id',
    };
    for (const [name, columns] of Object.entries(indexes))
      await queryRunner.query(`CREATE INDEX ${name} ON access_review_items (${columns})`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE access_review_items');
    await queryRunner.query('DROP TABLE access_reviews');
  }
}
