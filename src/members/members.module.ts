import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeLog } from './change-log.service.js';
import { ChangeReversal } from './change-reversal.service.js';
import { Member } from './member.entity.js';
import { MemberChange } from './member-change.entity.js';
import { MemberChanges } from './member-changes.service.js';
import { MemberCounts } from './member-counts.entity.js';
import { MemberDirectory } from './member-directory.service.js';
import { MemberStanding } from './member-standing.service.js';
import { MemberWriter } from './member-writer.service.js';
import { MembersService } from './members.service.js';
import { RosterHistory } from './roster-history.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Member, MemberChange, MemberCounts])],
  providers: [
    ChangeLog,
    ChangeReversal,
    MemberChanges,
    MemberDirectory,
    MemberStanding,
    MembersService,
    MemberWriter,
    RosterHistory,
  ],
  exports: [
    ChangeReversal,
    MemberChanges,
    MemberDirectory,
    MemberStanding,
    MembersService,
    RosterHistory,
  ],
})
export class MembersModule {}
