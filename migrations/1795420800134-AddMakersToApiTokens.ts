import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

/** A token may no more than its maker; one whose maker is unknown by now is refused. */
export class AddMakersToApiTokens1795420800134 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'api_tokens', [
      'made_by_user_id int NULL',
      'revoked_because varchar(20) NULL',
    ]);
    await queryRunner.query(
      'UPDATE api_tokens SET made_by_user_id = (SELECT u.id FROM users u WHERE u.email = made_by)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'api_tokens', ['made_by_user_id', 'revoked_because']);
  }
}
