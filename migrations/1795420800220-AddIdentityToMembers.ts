import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** Who somebody is at work. All of it is null where it is not known. */
export class AddIdentityToMembers1795420800220 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'members', [
      `identity_linked ${words(queryRunner).boolean} NULL`,
      'saml_name_id varchar(1024) NULL',
      'scim_user_name varchar(1024) NULL',
      'verified_emails text NULL',
    ]);
    await queryRunner.query(
      'CREATE INDEX members_by_identity ON members (integration_id, status, identity_linked, login_key, id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    await queryRunner.query(`DROP INDEX members_by_identity${isSqlite ? '' : ' ON members'}`);
    await dropColumns(queryRunner, 'members', [
      'identity_linked',
      'saml_name_id',
      'scim_user_name',
      'verified_emails',
    ]);
  }
}
