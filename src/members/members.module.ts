import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeLog } from './change-log.service.js';
import { Member } from './member.entity.js';
import { MemberChange } from './member-change.entity.js';
import { MemberDirectory } from './member-directory.service.js';
import { MemberWriter } from './member-writer.service.js';
import { MembersService } from './members.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Member, MemberChange])],
  providers: [ChangeLog, MemberDirectory, MemberWriter, MembersService],
  exports: [ChangeLog, MemberDirectory, MembersService],
})
export class MembersModule {}
