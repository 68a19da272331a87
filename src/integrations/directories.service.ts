import { Injectable } from '@nestjs/common';
import { MembersService } from '../members/members.service.js';
import { RosterHistory } from '../members/roster-history.service.js';
import type { GithubIntegration } from './github-integration.entity.js';

export type Directory = Pick<MembersService, 'page' | 'all'>;

/** Gives an integration's directory to read, as it is or as it was. */
@Injectable()
export class Directories {
  constructor(
    private readonly members: MembersService,
    private readonly history: RosterHistory,
  ) {}

  /** The present one without a moment. @throws PublicError `as_of_too_early` */
  async asOf(
    { id, changesPrunedUntil }: GithubIntegration,
    moment: Date | undefined,
  ): Promise<Directory> {
    return moment ? this.history.asOf(id, moment, changesPrunedUntil) : this.members;
  }
}
