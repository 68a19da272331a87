import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

export class AddSuspensionToMembers1795420800135 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { boolean } = words(queryRunner);
    await addColumns(queryRunner, 'members', [
      `suspended ${boolean} NULL`,
      'github_type varchar(32) NULL',
    ]);
    // Nearly all of them are; otherwise the next run would count everybody as updated.
    await queryRunner.query("UPDATE members SET github_type = 'User'");
    // What kind of account somebody is stands in GitHub's list, which is not read while its ETag holds.
    await queryRunner.query('UPDATE member_list_pages SET etag = NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'members', ['suspended', 'github_type']);
  }
}
