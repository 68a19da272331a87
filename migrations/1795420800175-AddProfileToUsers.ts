import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** A user's own name, when they were last seen, and whether they must choose another password first. */
export class AddProfileToUsers1795420800175 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { boolean, dateTime } = words(queryRunner);
    await addColumns(queryRunner, 'users', [
      'name varchar(100) NULL',
      `last_seen_at ${dateTime} NULL`,
      `must_change_password ${boolean} NOT NULL DEFAULT 0`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'users', ['must_change_password', 'last_seen_at', 'name']);
  }
}
