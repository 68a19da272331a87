import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

export class CreateMemberListPages1795420800113 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { table } = words(queryRunner);
    // How far the latest list was read: where a run goes on after its worker died.
    await queryRunner.query(`CREATE TABLE member_list_pages (
      integration_id int NOT NULL,
      page int NOT NULL,
      run_id int NOT NULL,
      etag varchar(255) NULL,
      github_ids text NOT NULL,
      PRIMARY KEY (integration_id, page),
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE member_list_pages');
  }
}
