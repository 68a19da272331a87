import { Module } from '@nestjs/common';
import { AuditRetention } from '../accounts/audit/audit-retention.js';
import { HintSweeper } from './hints/hint-sweeper.js';
import { IntegrationsModule } from './integrations.module.js';
import { MemberSyncSweeper } from './runs/member-sync-sweeper.js';
import { RunRetention } from './runs/run-retention.js';
import { MemberSyncScheduler } from './schedules/member-sync-scheduler.js';

/** Only for a process that executes runs. */
@Module({
  imports: [IntegrationsModule],
  providers: [MemberSyncScheduler, MemberSyncSweeper, HintSweeper, RunRetention, AuditRetention],
})
export class MemberSyncWorkerModule {}
