import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MembersService } from '../../members/listing/members.service.js';
import { PastDirectories } from '../../members/past/past-directories.js';
import type { PastDirectory } from '../../members/past/past-directory.js';
import { GithubIntegration } from './github-integration.entity.js';

export type Directory = Pick<MembersService, 'page' | 'all'>;

/** Reads an integration's directory, now or at a past moment. */
@Injectable()
export class Directories {
  constructor(
    private readonly members: MembersService,
    private readonly history: PastDirectories,
  ) {}

  /** Without a moment, the present one. @throws PublicError `as_of_too_early` */
  async asOf(
    integration: GithubIntegration,
    moment: Date | undefined,
    signal?: AbortSignal,
  ): Promise<Directory> {
    return moment ? this.past(integration, moment, signal) : this.members;
  }

  /** @throws PublicError `as_of_too_early` */
  past({ id }: GithubIntegration, moment: Date, signal?: AbortSignal): Promise<PastDirectory> {
    const prunedUntil = async (manager: EntityManager) =>
      (await manager.findOneBy(GithubIntegration, { id }))?.changesPrunedUntil ?? null;
    return this.history.asOf({ integrationId: id, moment, prunedUntil, signal });
  }
}
