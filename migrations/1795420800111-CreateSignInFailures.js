import { words } from './support/schema.js';
export class CreateSignInFailures1795420800111 {
    async up(queryRunner) {
        const { id, dateTime, table } = words(queryRunner);
        await queryRunner.query(`CREATE TABLE sign_in_failures (
      id ${id},
      key_hash varchar(64) NOT NULL,
      failed_at ${dateTime} NOT NULL
    ) ${table}`);
        await queryRunner.query('CREATE INDEX sign_in_failures_recent ON sign_in_failures (key_hash, failed_at)');
    }
    async down(queryRunner) {
        await queryRunner.query('DROP TABLE sign_in_failures');
    }
}
