import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

const INDEXES = {
  members_by_saml: 'saml_key',
  members_by_scim: 'scim_key',
  members_by_work_email: 'work_email_key',
  members_by_work_email_2: 'work_email_key_2',
  members_by_more_work_emails: 'has_more_work_emails',
};

/** Who somebody is at work, in lower case, to search for it. Few people have more than two addresses. */
export class IndexIdentitiesOfMembers1795420800235 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite, boolean } = words(queryRunner);
    const key = (text: string) =>
      isSqlite ? `substr(lower(${text}), 1, 255)` : `LEFT(LOWER(${text}), 255)`;
    const email = (n: number) =>
      isSqlite
        ? `json_extract(verified_emails, '$[${n}]')`
        : `JSON_UNQUOTE(JSON_EXTRACT(verified_emails, '$[${n}]'))`;
    const generated = (type: string, value: string) =>
      `${type} GENERATED ALWAYS AS (${value}) VIRTUAL`;
    await addColumns(queryRunner, 'members', [
      `saml_key ${generated('varchar(255)', key('saml_name_id'))}`,
      `scim_key ${generated('varchar(255)', key('scim_user_name'))}`,
      `work_email_key ${generated('varchar(255)', key(email(0)))}`,
      `work_email_key_2 ${generated('varchar(255)', key(email(1)))}`,
      `has_more_work_emails ${generated(boolean, `CASE WHEN ${email(2)} IS NOT NULL THEN 1 END`)}`,
    ]);
    for (const [name, column] of Object.entries(INDEXES))
      await queryRunner.query(
        `CREATE INDEX ${name} ON members (integration_id, status, ${column}, login_key, id)`,
      );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    for (const name of Object.keys(INDEXES))
      await queryRunner.query(`DROP INDEX ${name}${isSqlite ? '' : ' ON members'}`);
    await dropColumns(queryRunner, 'members', Object.values(INDEXES));
  }
}
