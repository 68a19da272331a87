import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeLog } from './changes/change-log.service.js';
import { ChangeReversal } from './changes/change-reversal.service.js';
import { MemberChange } from './changes/member-change.entity.js';
import { MemberChanges } from './changes/member-changes.service.js';
import { MemberDirectory } from './directory/member-directory.service.js';
import { MemberStanding } from './directory/member-standing.service.js';
import { MembersService } from './listing/members.service.js';
import { Member } from './member.entity.js';
import { MemberCounts } from './member-counts.entity.js';
import { RosterHistory } from './past/roster-history.service.js';
import { MemberWriter } from './writing/member-writer.service.js';

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
