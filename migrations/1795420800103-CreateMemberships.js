import { belongsTo, oneOf, words } from './support/schema.js';
export class CreateMemberships1795420800103 {
    async up(queryRunner) {
        const { id, dateTime, table } = words(queryRunner);
        await queryRunner.query(`CREATE TABLE memberships (
      id ${id},
      team_id int NOT NULL,
      user_id int NOT NULL,
      role varchar(16) NOT NULL ${oneOf('role', 'admin', 'member')},
      created_at ${dateTime} NOT NULL,
      UNIQUE (team_id, user_id),
      ${belongsTo('team_id', 'teams')},
      ${belongsTo('user_id', 'users')}
    ) ${table}`);
        await queryRunner.query('CREATE INDEX memberships_user ON memberships (user_id)');
    }
    async down(queryRunner) {
        await queryRunner.query('DROP TABLE memberships');
    }
}
