import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, oneOf } from './support/schema.js';

/** The column is made anew, because no one statement changes a `CHECK` in SQLite, MySQL and MariaDB; all there are are tokens. */
export class AddKindsToCredentials1795420800120 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await replaceKind(queryRunner, 'token', 'oauth', 'installation');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await replaceKind(queryRunner, 'token');
  }
}

async function replaceKind(queryRunner: QueryRunner, ...kinds: string[]): Promise<void> {
  const kind = `kind varchar(16) NOT NULL DEFAULT 'token' ${oneOf('kind', ...kinds)}`;
  await dropColumns(queryRunner, 'credentials', ['kind']);
  await addColumns(queryRunner, 'credentials', [kind]);
}
