import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

export class AddHealthToCredentials1795420800127 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, json } = words(queryRunner);
    await addColumns(queryRunner, 'credentials', [
      `expires_at ${dateTime} NULL`,
      `sees ${json} NULL`,
      `checked_at ${dateTime} NULL`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'credentials', ['checked_at', 'sees', 'expires_at']);
  }
}
