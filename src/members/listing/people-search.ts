import { Injectable } from '@nestjs/common';
import { MembersService } from './members.service.js';

/** The most people that a search in a history looks for. */
const MAX_PEOPLE = 100;

/** Finds people for a history, as the search of the directory does. */
@Injectable()
export class PeopleSearch {
  constructor(private readonly members: MembersService) {}

  /** GitHub's ids of the first hundred whom the text finds, whatever their status. */
  async ids(integrationId: number, search: string): Promise<number[]> {
    const statuses = ['active' as const, 'left' as const, 'disabled' as const];
    const query = { integrationId, statuses, search, limit: MAX_PEOPLE };
    return (await this.members.page(query)).members.map(({ githubId }) => githubId);
  }
}
