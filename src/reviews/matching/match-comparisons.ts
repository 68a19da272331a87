import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { readMarks } from '../../integrations/events/integration-marks.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { inTurns } from '../../platform/in-turns.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import { PeopleListsService } from '../people-list/people-lists.service.js';
import { readAccounts } from './accounts.js';
import { choosingPeople } from './choosing-people.js';
import { Comparison } from './comparison.entity.js';
import { type MatchCounts, noMatches } from './match-category.js';
import { type MatchDraft, matchDrafts } from './match-drafts.js';
import { differentMatches, writeMatches } from './write-matches.js';

/** How long a page waits for a comparison. */
const MAX_WAIT_MS = 500;

/** Keeps the stored matches of teams in step with their lists and directories. */
@Injectable()
export class MatchComparisons {
  private readonly running = new Map<number, Promise<unknown>>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: IntegrationsService,
    private readonly lists: PeopleListsService,
  ) {}

  /** The comparison of what is known now. It is made where the list, a choice, a directory or the day is another one. */
  async current(teamId: number): Promise<Comparison> {
    // One after the other: somebody who has just chosen must not get the comparison of before.
    const before = this.running.get(teamId) ?? Promise.resolve();
    const own = before.catch(() => undefined).then(() => this.compare(teamId));
    this.running.set(teamId, own);
    try {
      return await own;
    } finally {
      if (this.running.get(teamId) === own) this.running.delete(teamId);
    }
  }

  /**
   * The same, but where it takes long, the comparison of before.
   * @returns `isCurrent`: false for the one of before
   */
  async recent(teamId: number): Promise<{ comparison: Comparison; isCurrent: boolean }> {
    const current = this.current(teamId).then((comparison) => ({ comparison, isCurrent: true }));
    // Whoever waits no longer does not hear of an error; the next one does.
    current.catch(() => undefined);
    const known = await ensureRow(this.dataSource.manager, teamId);
    if (!known.comparedAt) return current;
    const before = { comparison: known, isCurrent: false };
    return Promise.race([current, delay(MAX_WAIT_MS, before, { ref: false })]);
  }

  private async compare(teamId: number): Promise<Comparison> {
    const now = new Date();
    const all = await this.integrations.list(teamId);
    const connected = all.filter(({ disconnectedAt }) => !disconnectedAt);
    const known = await ensureRow(this.dataSource.manager, teamId);
    const [version] = await this.lists.versions(teamId, 1);
    // Read before what it stands for: what changes meanwhile is compared the next time.
    const directories = await marksOf(this.dataSource, connected);
    const day = now.toISOString().slice(0, 10);
    const parts = [version?.number ?? 0, known.choices, day, directories];
    const stamp = sha256Hex(JSON.stringify(parts));
    if (known.stamp === stamp) return known;
    const drafts = version ? await this.drafts(teamId, connected, now) : [];
    return this.write(known, stamp, drafts);
  }

  private async drafts(teamId: number, connected: GithubIntegration[], now: Date) {
    const people = await choosingPeople(this.dataSource.manager, teamId);
    const accounts = await readAccounts(this.dataSource, connected);
    return inTurns(matchDrafts(people, accounts, now));
  }

  /** Unless another process has written a comparison meanwhile. */
  private async write(before: Comparison, stamp: string, drafts: MatchDraft[]) {
    const { teamId } = before;
    const writes = await differentMatches(this.dataSource.manager, teamId, drafts);
    return inTransaction(this.dataSource, async (manager) => {
      const present = await forUpdate(
        manager.createQueryBuilder(Comparison, 'comparison').where({ teamId }),
      ).getOneOrFail();
      if (present.stamp !== before.stamp) return present;
      await writeMatches(manager, teamId, writes);
      const made = { stamp, comparedAt: new Date(), counts: countsOf(drafts) };
      await manager.update(Comparison, { teamId }, made);
      return { ...present, ...made };
    });
  }
}

/** Texts that differ once there is something new to compare. */
async function marksOf(dataSource: DataSource, connected: GithubIntegration[]) {
  if (connected.length === 0) return [];
  const marks = await readMarks(
    dataSource,
    connected.map(({ id }) => id),
  );
  return connected.map(({ id, memberSyncCompletedAt }) => [
    ...[id, marks.get(id)?.members.text, memberSyncCompletedAt?.getTime()],
  ]);
}

/** The row of a team, which is made where there is none. */
export async function ensureRow(manager: EntityManager, teamId: number): Promise<Comparison> {
  const known = await manager.findOneBy(Comparison, { teamId });
  if (known) return known;
  const first = { teamId, choices: 0, stamp: '', comparedAt: null, counts: null };
  await manager.createQueryBuilder().insert().orIgnore().into(Comparison).values(first).execute();
  return manager.findOneByOrFail(Comparison, { teamId });
}

function countsOf(drafts: MatchDraft[]): MatchCounts {
  const counts = noMatches();
  for (const { category } of drafts) counts[category]++;
  return counts;
}
