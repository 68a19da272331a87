import { belongsTo, oneOf, words } from './support/schema.js';
export class CreateMembers1795420800109 {
    async up(queryRunner) {
        const { id, bigint, boolean, dateTime, table } = words(queryRunner);
        await queryRunner.query(`CREATE TABLE members (
      id ${id},
      integration_id int NOT NULL,
      github_id ${bigint} NOT NULL,
      node_id varchar(255) NOT NULL,
      login varchar(255) NOT NULL,
      login_key varchar(255) NOT NULL,
      name varchar(1024) NOT NULL,
      email varchar(1024) NOT NULL,
      avatar_url varchar(1024) NOT NULL,
      role varchar(16) NULL ${oneOf('role', 'admin', 'member')},
      two_factor_enabled ${boolean} NULL,
      status varchar(16) NOT NULL ${oneOf('status', 'active', 'left', 'disabled')},
      present ${boolean} NOT NULL,
      joined_at ${dateTime} NOT NULL,
      left_at ${dateTime} NULL,
      updated_at ${dateTime} NOT NULL,
      UNIQUE (integration_id, github_id),
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
        // No login is unique: a freed one may be taken over within one sync.
        await queryRunner.query('CREATE INDEX members_directory ON members (integration_id, status, login_key, id)');
    }
    async down(queryRunner) {
        await queryRunner.query('DROP TABLE members');
    }
}
