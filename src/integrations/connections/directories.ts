import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MembersService } from '../../members/listing/members.service.js';
import type { DirectoryComparison } from '../../members/past/directory-comparison.js';
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
    return this.history.asOf({ ...kept(id), moment, signal });
  }

  /** Without a first moment, from the beginning of what is kept. @throws PublicError `as_of_too_early`, `dates_reversed` */
  compare(
    { id }: GithubIntegration,
    { from, to }: { from: Date | undefined; to: Date },
    signal?: AbortSignal,
  ): Promise<DirectoryComparison> {
    return this.history.compare({ ...kept(id), signal }, from, to);
  }
}

/** The directory, and until when its changes were deleted. */
const kept = (id: number) => ({
  integrationId: id,
  prunedUntil: async (manager: EntityManager) =>
    (await manager.findOneBy(GithubIntegration, { id }))?.changesPrunedUntil ?? null,
});
