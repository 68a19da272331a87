import { Injectable } from '@nestjs/common';
import { PersonLookUp } from '../../members/listing/person-look-up.js';
import type { Member } from '../../members/member.entity.js';
import type { GithubIntegration } from './github-integration.entity.js';
import { IntegrationsService } from './integrations.service.js';

/** One person in another directory of the same team. */
export interface PersonElsewhere {
  integration: GithubIntegration;
  member: Member;
}

/** Finds the same people in all directories of a team. */
@Injectable()
export class TeamPeople {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly people: PersonLookUp,
  ) {}

  /** The person in the team's other organizations of the same GitHub server, by organization. */
  async elsewhere(
    { id, teamId, apiUrl }: GithubIntegration,
    githubId: number,
  ): Promise<PersonElsewhere[]> {
    const all = await this.integrations.list(teamId);
    const others = all.filter((one) => one.id !== id && one.apiUrl === apiUrl);
    if (others.length === 0) return [];
    const members = await this.people.inDirectories(
      others.map((one) => one.id),
      githubId,
    );
    return others.flatMap((integration) => {
      const member = members.get(integration.id);
      return member ? [{ integration, member }] : [];
    });
  }
}
