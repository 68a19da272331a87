import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

/** GitHub's id of the person whose token it is: GitHub tells who revoked the App's authorization. */
export class AddOwnerToCredentials1795420800186 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'credentials', ['owner_id bigint NULL']);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'credentials', ['owner_id']);
  }
}
