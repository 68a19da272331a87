import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChangeLog } from './changes/change-log.js';
import { ChangeReversal } from './changes/change-reversal.js';
import { MemberChange } from './changes/member-change.entity.js';
import { MemberChanges } from './changes/member-changes.js';
import { PersonChanges } from './changes/person-changes.js';
import { CollaboratorUpdates } from './directory/collaborator-updates.js';
import { DirectoryUpdates } from './directory/directory-updates.js';
import { MemberStatusService } from './directory/member-status.service.js';
import { StatusReversal } from './directory/status-reversal.js';
import { GithubTeam } from './github-teams/github-team.entity.js';
import { GithubTeamMember } from './github-teams/github-team-member.entity.js';
import { GithubTeamPlaces } from './github-teams/github-team-places.js';
import { GithubTeams } from './github-teams/github-teams.js';
import { TeamChanges } from './github-teams/team-changes.js';
import { TeamMembers } from './github-teams/team-members.js';
import { TeamReversal } from './github-teams/team-reversal.js';
import { GithubTeamUpdates } from './github-teams/team-updates.js';
import { IdentityUpdates } from './identities/identity-updates.js';
import { InvitationReversal } from './invitations/invitation-reversal.js';
import { InvitationUpdates } from './invitations/invitation-updates.js';
import { OrganizationInvitation } from './invitations/organization-invitation.entity.js';
import { OrganizationInvitations } from './invitations/organization-invitations.js';
import { MembersService } from './listing/members.service.js';
import { PeopleSearch } from './listing/people-search.js';
import { PersonLookUp } from './listing/person-look-up.js';
import { Member } from './member.entity.js';
import { MemberCounts } from './member-counts.entity.js';
import { PastDirectories } from './past/past-directories.js';
import { MemberWriter } from './writing/member-writer.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      Member,
      MemberChange,
      MemberCounts,
      OrganizationInvitation,
      GithubTeam,
      GithubTeamMember,
    ]),
  ],
  providers: [
    ChangeLog,
    ChangeReversal,
    InvitationReversal,
    InvitationUpdates,
    MemberChanges,
    CollaboratorUpdates,
    DirectoryUpdates,
    GithubTeamPlaces,
    GithubTeams,
    GithubTeamUpdates,
    IdentityUpdates,
    MemberStatusService,
    MembersService,
    MemberWriter,
    OrganizationInvitations,
    PastDirectories,
    PeopleSearch,
    PersonChanges,
    PersonLookUp,
    StatusReversal,
    TeamChanges,
    TeamMembers,
    TeamReversal,
  ],
  exports: [
    ChangeReversal,
    InvitationReversal,
    InvitationUpdates,
    MemberChanges,
    CollaboratorUpdates,
    DirectoryUpdates,
    GithubTeamPlaces,
    GithubTeams,
    GithubTeamUpdates,
    IdentityUpdates,
    MemberStatusService,
    MembersService,
    OrganizationInvitations,
    PastDirectories,
    PeopleSearch,
    PersonChanges,
    PersonLookUp,
    StatusReversal,
    TeamChanges,
    TeamMembers,
    TeamReversal,
  ],
})
export class MembersModule {}
