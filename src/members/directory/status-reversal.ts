import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { type ChangeContext, ChangeLog } from '../changes/change-log.js';
import type { ChangeDraft } from '../changes/changes.js';
import { type StatusTimes, timesBefore } from '../changes/status-times.js';
import { Member } from '../member.entity.js';
import { chunks } from '../writing/bulk.js';
import type { StatusChangeResult } from './directory-updates.js';
import { lockMembers } from './lock-members.js';

/** The changes of a run that can be reversed. */
export type ReversibleKind = 'left' | 'returned';

/** The status before a change of each kind, and the change that gives it back. */
const EARLIER = {
  left: { status: 'active', present: true, kind: 'returned' },
  returned: { status: 'left', present: false, kind: 'left' },
} as const;

/** Gives people the status and the times back that they had before a run. It asks GitHub nothing. */
@Injectable()
export class StatusReversal {
  constructor(private readonly log: ChangeLog) {}

  /** In the caller's transaction. @param undone the run, and what it did to these people */
  async reverse(
    manager: EntityManager,
    context: ChangeContext,
    undone: { runId: number; kind: ReversibleKind },
    githubIds: number[],
  ): Promise<StatusChangeResult> {
    const { integrationId } = context;
    const { kind, ...earlier } = EARLIER[undone.kind];
    const found = await lockMembers(manager, integrationId, githubIds);
    const members = found.filter(({ status }) => status === EARLIER[kind].status);
    const times = await timesBefore(manager, { integrationId, runId: undone.runId }, githubIds);
    for (const same of withSameTimes(members, times)) {
      const { joinedAt, leftAt } = same.times;
      for (const some of chunks(same.ids))
        await manager.update(
          Member,
          { id: In(some) },
          {
            ...earlier,
            ...(joinedAt && { joinedAt }),
            leftAt: earlier.present ? null : (leftAt ?? context.at),
            updatedAt: context.at,
          },
        );
    }
    const drafts = members.map(
      ({ githubId, login, status }): ChangeDraft => ({
        ...{ githubId, login, kind },
        before: { status },
        after: { status: earlier.status },
      }),
    );
    const changes = await this.log.record(manager, context, drafts);
    return { people: members.length, changes };
  }
}

interface SameTimes {
  times: StatusTimes;
  ids: number[];
}

/** Few groups: a run gives all its people the same time. */
function withSameTimes(members: Member[], times: Map<number, StatusTimes>): SameTimes[] {
  const groups = new Map<string, SameTimes>();
  for (const { id, githubId } of members) {
    const theirs = times.get(githubId) ?? {};
    const key = JSON.stringify([theirs.joinedAt, theirs.leftAt]);
    const group = groups.get(key) ?? { times: theirs, ids: [] };
    group.ids.push(id);
    groups.set(key, group);
  }
  return [...groups.values()];
}
