import { type EntityManager, In } from 'typeorm';
import { type ChangedValues, MemberChange } from '../changes/member-change.entity.js';
import { chunks } from '../writing/bulk.js';

/** What a move from list to list changes beside the status. */
export type ListValues = Pick<ChangedValues, 'outside' | 'role'>;

/** An undo gives people their list back as `left` or `returned`. */
const KINDS = ['joined', 'left', 'returned', 'collaborator_added', 'collaborator_removed'] as const;

/** What a run's moves from list to list changed of these people, as it was before; nobody whom it moved nowhere. */
export async function listValuesBefore(
  manager: EntityManager,
  { integrationId, runId }: Pick<MemberChange, 'integrationId' | 'runId'>,
  githubIds: number[],
): Promise<Map<number, ListValues>> {
  const values = new Map<number, ListValues>();
  for (const some of chunks(githubIds)) {
    const changes = await manager.find(MemberChange, {
      select: { id: true, githubId: true, before: true },
      where: { integrationId, githubId: In(some), runId: runId ?? 0, kind: In(KINDS) },
      order: { id: 'DESC' },
    });
    for (const { githubId, before } of changes)
      values.set(githubId, { ...values.get(githubId), ...pick(before) });
  }
  return values;
}

const pick = (before: ChangedValues | null): ListValues => ({
  ...(before?.outside !== undefined && { outside: before.outside }),
  ...(before?.role !== undefined && { role: before.role }),
});
