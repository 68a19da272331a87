import { Injectable } from '@nestjs/common';
import { EntityManager, In, Not } from 'typeorm';
import { Member } from './member.entity.js';
import { MemberChange } from './member-change.entity.js';
import { memberRow } from './member-row.js';
import { MemberWriter } from './member-writer.service.js';

/** Changes that one transaction reverses. */
const AT_ONCE = 2_000;

interface RunKey {
  id: number;
  integrationId: number;
}

/** Takes a run's changes back as if it had made none: who joined is not there, the others are as they were. */
@Injectable()
export class ChangeReversal {
  constructor(private readonly writer: MemberWriter) {}

  /** Reverses the latest that are left, within the caller's transaction; false where none was. */
  async reverseSome(
    manager: EntityManager,
    { id: runId, integrationId }: RunKey,
  ): Promise<boolean> {
    const changes = await manager.find(MemberChange, {
      where: { runId },
      order: { id: 'DESC' },
      take: AT_ONCE,
    });
    if (changes.length === 0) return false;
    const joined = changes.filter(({ kind }) => kind === 'joined');
    await manager.delete(Member, { integrationId, githubId: In(idsOf(joined)) });
    await this.restore(
      manager,
      integrationId,
      changes.filter(({ kind }) => kind !== 'joined'),
    );
    await manager.delete(MemberChange, { id: In(changes.map(({ id }) => id)) });
    return true;
  }

  private async restore(
    manager: EntityManager,
    integrationId: number,
    changes: MemberChange[],
  ): Promise<void> {
    if (changes.length === 0) return;
    const githubId = In(idsOf(changes));
    const members = await manager.findBy(Member, { integrationId, githubId });
    const byId = new Map(members.map((member) => [member.githubId, member]));
    // The latest first, so that of two the values before the earlier one stay.
    for (const { githubId: id, before } of changes) Object.assign(byId.get(id) ?? {}, before);
    const at = new Date();
    await this.writer.write(
      manager,
      members.map((member) => memberRow(integrationId, member, at)),
    );
    for (const change of changes.filter(({ kind }) => kind === 'returned'))
      await leaveAgain(manager, change);
  }
}

/** Since when somebody was gone, and in before that, is what the changes before tell. */
async function leaveAgain(
  manager: EntityManager,
  { githubId, integrationId, runId, madeAt }: MemberChange,
): Promise<void> {
  const lastOf = async (...kinds: MemberChange['kind'][]) => {
    const where = { integrationId, githubId, kind: In(kinds), runId: Not(runId ?? 0) };
    return (await manager.findOne(MemberChange, { where, order: { id: 'DESC' } }))?.madeAt;
  };
  const joinedAt = await lastOf('joined', 'returned');
  await manager.update(
    Member,
    { integrationId, githubId },
    {
      present: false,
      leftAt: (await lastOf('left')) ?? madeAt,
      ...(joinedAt && { joinedAt }),
      // Whom an admin disabled meanwhile stays so.
      status: () => "CASE status WHEN 'active' THEN 'left' ELSE status END",
    },
  );
}

const idsOf = (changes: MemberChange[]): number[] => [
  ...new Set(changes.map(({ githubId }) => githubId)),
];
