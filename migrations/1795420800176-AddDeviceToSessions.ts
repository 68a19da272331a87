import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** What somebody signed in with, and when they last used it; null for sessions of earlier builds. */
export class AddDeviceToSessions1795420800176 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime } = words(queryRunner);
    await addColumns(queryRunner, 'sessions', [
      'device varchar(60) NULL',
      `last_used_at ${dateTime} NULL`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'sessions', ['last_used_at', 'device']);
  }
}
