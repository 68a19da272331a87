import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** When GitHub no longer listed a failed invitation. */
export class AddDismissedAtToOrganizationInvitations1795420800234 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'organization_invitations', [
      `dismissed_at ${words(queryRunner).dateTime} NULL`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'organization_invitations', ['dismissed_at']);
  }
}
