import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

/**
 * Which provider gave somebody their role in a team, and which their place: somebody may be an admin by hand in one team
 * and by a provider in another. `user_identities.admin_by_groups` stays for processes of the earlier build.
 */
export class AddProvidersToMemberships1795420800178 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'memberships', [
      'admin_by varchar(16) NULL',
      'joined_by varchar(16) NULL',
    ]);
    await queryRunner.query(
      `UPDATE memberships SET admin_by = 'groups' WHERE role = 'admin'
        AND team_id IN (SELECT id FROM teams WHERE slug = 'default')
        AND user_id IN (SELECT user_id FROM user_identities WHERE admin_by_groups = 1)`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'memberships', ['joined_by', 'admin_by']);
  }
}
