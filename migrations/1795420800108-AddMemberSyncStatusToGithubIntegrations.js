import { oneOf, words } from './support/schema.js';
export class AddMemberSyncStatusToGithubIntegrations1795420800108 {
    async up(queryRunner) {
        const { dateTime, json, emptyText } = words(queryRunner);
        const status = oneOf('member_sync_status', 'pending', 'syncing', 'complete', 'error');
        const columns = [
            `member_sync_status varchar(16) NOT NULL DEFAULT 'pending' ${status}`,
            `member_sync_started_at ${dateTime} NULL`,
            `member_sync_completed_at ${dateTime} NULL`,
            `member_sync_error ${emptyText}`,
            `member_sync_result ${json} NULL`,
        ];
        for (const column of columns)
            await queryRunner.query(`ALTER TABLE github_integrations ADD COLUMN ${column}`);
    }
    async down(queryRunner) {
        for (const field of ['result', 'error', 'completed_at', 'started_at', 'status'])
            await queryRunner.query(`ALTER TABLE github_integrations DROP COLUMN member_sync_${field}`);
    }
}
