import { Module } from '@nestjs/common';
import { IntegrationsModule } from './integrations.module.js';
import { MemberSyncSweeper } from './runs/member-sync-sweeper.service.js';
import { RunRetention } from './runs/run-retention.service.js';
import { MemberSyncScheduler } from './schedules/member-sync-scheduler.service.js';

/** What only a process that works on runs does. */
@Module({
  imports: [IntegrationsModule],
  providers: [MemberSyncScheduler, MemberSyncSweeper, RunRetention],
})
export class MemberSyncWorkerModule {}
