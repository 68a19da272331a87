import { type EntityManager, In } from 'typeorm';
import { chunks } from '../writing/bulk.js';
import { MemberChange } from './member-change.entity.js';

/** When somebody joined and left; undefined where no change is kept that tells it. */
export interface StatusTimes {
  joinedAt?: Date;
  leftAt?: Date;
}

const KINDS = ['joined', 'left', 'returned', 'collaborator_added', 'collaborator_removed'] as const;

/**
 * When each of these people last joined and last left before a run. An undo records no `present`, because GitHub was
 * not asked; it tells neither time.
 */
export async function timesBefore(
  manager: EntityManager,
  { integrationId, runId }: Pick<MemberChange, 'integrationId' | 'runId'>,
  githubIds: number[],
): Promise<Map<number, StatusTimes>> {
  const times = new Map<number, StatusTimes>();
  const reached = new Set<number>();
  for (const some of chunks(githubIds)) {
    const changes = await manager.find(MemberChange, {
      select: { id: true, githubId: true, runId: true, kind: true, after: true, madeAt: true },
      where: { integrationId, githubId: In(some), kind: In(KINDS) },
      order: { id: 'ASC' },
    });
    for (const change of changes) {
      const { githubId } = change;
      if (change.runId === runId) reached.add(githubId);
      if (!reached.has(githubId) && isOfGithub(change))
        times.set(githubId, { ...times.get(githubId), ...timeOf(change) });
    }
  }
  return times;
}

const isOfGithub = ({ after }: MemberChange): boolean => after?.present !== undefined;

const timeOf = ({ kind, madeAt }: MemberChange): StatusTimes =>
  kind === 'left' || kind === 'collaborator_removed' ? { leftAt: madeAt } : { joinedAt: madeAt };
