import { belongsTo, oneOf, words } from './support/schema.js';
export class CreateCredentials1795420800106 {
    async up(queryRunner) {
        const { id, dateTime, table } = words(queryRunner);
        await queryRunner.query(`CREATE TABLE credentials (
      id ${id},
      team_id int NOT NULL,
      kind varchar(16) NOT NULL ${oneOf('kind', 'token')},
      sealed_secret text NOT NULL,
      created_at ${dateTime} NOT NULL,
      updated_at ${dateTime} NOT NULL,
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
    }
    async down(queryRunner) {
        await queryRunner.query('DROP TABLE credentials');
    }
}
