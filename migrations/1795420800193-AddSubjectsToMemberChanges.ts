import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

const COLUMNS = ['github_team_id int NULL', 'invitation_id int NULL'];

/** A change may concern a team or an invitation, with or without a person. */
export class AddSubjectsToMemberChanges1795420800193 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'member_changes', COLUMNS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_changes', ['github_team_id', 'invitation_id']);
  }
}
