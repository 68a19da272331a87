import { Injectable } from '@nestjs/common';
import { Between, DataSource, type FindOptionsWhere, In } from 'typeorm';
import { CHANGE_EVENTS, type ChangeEvent } from '../../integrations/outbox/event-types.js';
import type { OutboxEntry } from '../../integrations/outbox/outbox-entry.entity.js';
import { presentChange } from '../../members/changes/change-files.js';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import type { ToldChange } from './message-body.js';

/** A first sync of 10,000 people is one message, which receivers can still read. */
export const MAX_TOLD = 1_000;

const READ_AT_ONCE = 1_000;

export interface ToldChanges {
  total: number;
  changes: ToldChange[];
}

/** Reads the changes that an event tells. */
@Injectable()
export class ToldChangesReader {
  constructor(private readonly dataSource: DataSource) {}

  /** The first of the changes, in their order, and how many there are. */
  async read(entry: OutboxEntry, event: ChangeEvent): Promise<ToldChanges> {
    if (event === 'member.two_factor_disabled') return this.withoutTwoFactor(entry);
    const where = changesOf(entry, event);
    const total = await this.dataSource.manager.countBy(MemberChange, where);
    if (total === 0) return { total, changes: [] };
    return { total, changes: (await this.some(where, MAX_TOLD)).map(told) };
  }

  /** A profile has other values, too, and the databases do not search them alike. */
  private async withoutTwoFactor(entry: OutboxEntry): Promise<ToldChanges> {
    const found: ToldChanges = { total: 0, changes: [] };
    for (let after = entry.afterChangeId; ; ) {
      const where = changesOf({ ...entry, afterChangeId: after }, 'member.two_factor_disabled');
      const some = await this.some(where, READ_AT_ONCE);
      const disabled = some.filter(isTwoFactorDisabled);
      found.total += disabled.length;
      found.changes.push(...disabled.slice(0, MAX_TOLD - found.changes.length).map(told));
      const last = some.at(-1);
      if (!last || some.length < READ_AT_ONCE) return found;
      after = last.id;
    }
  }

  private some(where: FindOptionsWhere<MemberChange>, take: number): Promise<MemberChange[]> {
    return this.dataSource.manager.find(MemberChange, { where, order: { id: 'ASC' }, take });
  }
}

const changesOf = (entry: OutboxEntry, event: ChangeEvent): FindOptionsWhere<MemberChange> => ({
  runId: entry.runId,
  id: Between(entry.afterChangeId + 1, entry.untilChangeId),
  kind: In([...CHANGE_EVENTS[event]]),
});

const isTwoFactorDisabled = ({ before, after }: MemberChange): boolean =>
  before?.twoFactorEnabled === true && after?.twoFactorEnabled === false;

function told(change: MemberChange): ToldChange {
  const { id: _, invitationId: __, ...rest } = presentChange(change);
  return rest;
}
