import { Module } from '@nestjs/common';
import { IntegrationsModule } from './integrations.module.js';
import { MemberSyncSweeper } from './member-sync-sweeper.service.js';
import { RunRetention } from './run-retention.service.js';

/** What only a process that works on runs does. */
@Module({
  imports: [IntegrationsModule],
  providers: [MemberSyncSweeper, RunRetention],
})
export class MemberSyncWorkerModule {}
