import { Injectable } from '@nestjs/common';
import { IntegrationParts, partOf } from '../../integrations/parts/integration-parts.js';
import { GithubTeamPlaces } from '../../members/github-teams/github-team-places.js';
import type { Member } from '../../members/member.entity.js';
import { partNotice } from '../shared/part-notice.js';
import { presentIdentity } from './present-person.js';
import { presentPlace } from './present-place.js';

/** What is known of a person beside the members: who they are at work, and their GitHub teams. */
@Injectable()
export class PersonParts {
  constructor(
    private readonly parts: IntegrationParts,
    private readonly places: GithubTeamPlaces,
  ) {}

  async view(member: Member) {
    const { integrationId } = member;
    const [parts, places] = await Promise.all([
      this.parts.beside(integrationId),
      this.places.ofPerson(member),
    ]);
    return {
      corporateIdentity: presentIdentity(member, partOf(parts, 'identities')),
      githubTeams: places.map((place) => presentPlace(place, integrationId)),
      teamsNotice: partNotice(partOf(parts, 'teams')),
    };
  }
}
