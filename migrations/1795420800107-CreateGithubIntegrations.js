import { belongsTo, words } from './support/schema.js';
export class CreateGithubIntegrations1795420800107 {
    async up(queryRunner) {
        const { id, bigint, dateTime, table } = words(queryRunner);
        await queryRunner.query(`CREATE TABLE github_integrations (
      id ${id},
      team_id int NOT NULL,
      credential_id int NOT NULL,
      api_url varchar(255) NOT NULL,
      organization_id ${bigint} NOT NULL,
      organization_login varchar(255) NOT NULL,
      created_at ${dateTime} NOT NULL,
      updated_at ${dateTime} NOT NULL,
      UNIQUE (team_id, api_url, organization_id),
      ${belongsTo('team_id', 'teams')},
      ${belongsTo('credential_id', 'credentials', 'RESTRICT')}
    ) ${table}`);
    }
    async down(queryRunner) {
        await queryRunner.query('DROP TABLE github_integrations');
    }
}
