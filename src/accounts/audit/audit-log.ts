import { Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import { type ActorKind, AuditEntry, type AuditedValues } from './audit-entry.entity.js';

export interface AuditFilter {
  teamId: number;
  /** The whole name. */
  actor?: string | undefined;
  action?: string | undefined;
  /** From this moment on. */
  since?: Date | undefined;
  /** Up to this moment. */
  until?: Date | undefined;
}

/** The last entry of the page before. */
export interface AuditPosition {
  at: Date;
  id: number;
}

/** An entry as API, files and pages show it. */
export interface PresentedEntry {
  id: number;
  at: Date;
  actor: { kind: ActorKind; name: string };
  action: string;
  subject: string;
  address: string | null;
  before: AuditedValues | null;
  after: AuditedValues | null;
  hash: string;
}

/** Entries of an export that are read at once. */
const ENTRIES_PER_READ = 1_000;

/** Reads a team's audit log, newest first. */
@Injectable()
export class AuditLog {
  constructor(private readonly dataSource: DataSource) {}

  page(filter: AuditFilter, limit: number, after?: AuditPosition): Promise<AuditEntry[]> {
    return this.select(filter, after).limit(limit).getMany();
  }

  /** Holds no database connection while a slow consumer reads. */
  async *all(filter: AuditFilter, signal?: AbortSignal): AsyncGenerator<PresentedEntry> {
    for (let after: AuditPosition | undefined; ; ) {
      signal?.throwIfAborted();
      const entries = await this.page(filter, ENTRIES_PER_READ, after);
      for (const entry of entries) yield presentEntry(entry);
      after = entries.at(-1);
      if (entries.length < ENTRIES_PER_READ) return;
    }
  }

  private select(filter: AuditFilter, after?: AuditPosition): SelectQueryBuilder<AuditEntry> {
    const { teamId, actor, action, since, until } = filter;
    const select = this.dataSource
      .createQueryBuilder(AuditEntry, 'entry')
      .where('entry.team_id = :teamId', { teamId })
      .orderBy('entry.at', 'DESC')
      .addOrderBy('entry.id', 'DESC');
    if (actor) select.andWhere('entry.actor_name = :actor', { actor });
    if (action) select.andWhere('entry.action = :action', { action });
    if (since) select.andWhere('entry.at >= :since', { since });
    if (until) select.andWhere('entry.at <= :until', { until });
    if (after)
      select.andWhere('entry.at <= :at AND (entry.at < :at OR entry.id < :id)', {
        at: after.at,
        id: after.id,
      });
    return select;
  }
}

export const presentEntry = (entry: AuditEntry): PresentedEntry => ({
  id: entry.id,
  at: entry.at,
  actor: { kind: entry.actorKind, name: entry.actorName },
  action: entry.action,
  subject: entry.subject,
  address: entry.address,
  before: entry.before,
  after: entry.after,
  hash: entry.hash,
});
