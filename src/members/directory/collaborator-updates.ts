import { Injectable } from '@nestjs/common';
import { EntityManager, In } from 'typeorm';
import type { ChangeContext } from '../changes/change-log.js';
import { Member } from '../member.entity.js';
import { chunks } from '../writing/bulk.js';
import type { ObservedMember } from '../writing/diff.js';
import { type Applied, DirectoryUpdates, type StatusChangeResult } from './directory-updates.js';
import { OUTSIDE_COLLABORATORS } from './followed-list.js';
import { lockMembers } from './lock-members.js';

/**
 * Writes the outside collaborators of a directory, in the caller's transaction. Of a member who is on their list it only
 * notes that: when the member is removed, they become a collaborator.
 */
@Injectable()
export class CollaboratorUpdates {
  constructor(private readonly directory: DirectoryUpdates) {}

  async apply(
    manager: EntityManager,
    context: ChangeContext,
    observed: ObservedMember[],
  ): Promise<Applied> {
    const ids = observed.map(({ githubId }) => githubId);
    const known = await lockMembers(manager, context.integrationId, ids);
    const members = known.filter(({ present }) => present);
    await note(
      manager,
      members.filter(({ outside }) => !outside),
      true,
    );
    const memberIds = new Set(members.map(({ githubId }) => githubId));
    const others = observed.filter(({ githubId }) => !memberIds.has(githubId));
    return this.directory.apply(manager, context, others, { list: OUTSIDE_COLLABORATORS });
  }

  /** Takes people off the list. */
  async removeAll(
    manager: EntityManager,
    context: ChangeContext,
    githubIds: number[],
  ): Promise<StatusChangeResult> {
    const known = await lockMembers(manager, context.integrationId, githubIds);
    await note(
      manager,
      known.filter(({ present }) => present),
      null,
    );
    const others = known.filter(({ present }) => !present);
    return this.directory.removeAll(
      manager,
      context,
      others.map(({ githubId }) => githubId),
    );
  }
}

async function note(
  manager: EntityManager,
  members: Member[],
  outside: true | null,
): Promise<void> {
  for (const some of chunks(members))
    await manager.update(Member, { id: In(some.map(({ id }) => id)) }, { outside });
}
