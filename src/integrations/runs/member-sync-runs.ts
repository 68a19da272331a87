import { Injectable } from '@nestjs/common';
import {
  DataSource,
  type FindOperator,
  In,
  IsNull,
  LessThan,
  MoreThan,
  Not,
  type SelectQueryBuilder,
} from 'typeorm';
import { batched, byKey } from '../../platform/database/batched.js';
import { PublicError } from '../../platform/public-error.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { MemberSyncRun, type RunScope } from './member-sync-run.entity.js';

/** Reads runs. */
@Injectable()
export class MemberSyncRuns {
  private readonly latestOf = batched(async (integrationIds: number[]) => {
    const latest = this.dataSource
      .createQueryBuilder(MemberSyncRun, 'one')
      .select('MAX(one.id)')
      .where('one.integration_id IN (:...integrationIds)')
      .groupBy('one.integration_id');
    const found = await this.dataSource
      .createQueryBuilder(MemberSyncRun, 'run')
      .leftJoin('run.undoes', 'undone')
      .addSelect(['undone.id', 'undone.number'])
      .where(`run.id IN (${latest.getQuery()})`, { integrationIds })
      .getMany();
    await this.readHolding(found);
    return byKey(found, ({ integrationId }) => integrationId);
  });

  constructor(private readonly dataSource: DataSource) {}

  /** The latest run, which pages and progress show. */
  async latest(integrationId: number): Promise<MemberSyncRun | null> {
    return (await this.latestOf(integrationId)) ?? null;
  }

  async latestOfScope(integrationId: number, scope: RunScope): Promise<MemberSyncRun | null> {
    return this.dataSource.manager.findOne(MemberSyncRun, {
      where: { integrationId, scope, undoesRunId: IsNull() },
      order: { id: 'DESC' },
    });
  }

  /** The latest run that asked GitHub: an undo says nothing about the credential. */
  async latestAsked(latest: MemberSyncRun | null): Promise<MemberSyncRun | null> {
    if (!latest?.undoesRunId) return latest;
    return this.dataSource.manager.findOne(MemberSyncRun, {
      where: { integrationId: latest.integrationId, undoesRunId: IsNull() },
      order: { id: 'DESC' },
    });
  }

  /** Newest first; `before` is the id of the last run on the previous page. */
  list(
    integrationId: number,
    { limit, before }: { limit: number; before?: number },
  ): Promise<MemberSyncRun[]> {
    const select = this.withUndos()
      .where('run.integration_id = :integrationId', { integrationId })
      .orderBy('run.id', 'DESC')
      .limit(limit);
    if (before) select.andWhere('run.id < :before', { before });
    return select.getMany();
  }

  /** The newest finished run of everybody: only its held removals, and those of later runs, can be decided. */
  async decidableFrom(integrationId: number): Promise<number | undefined> {
    const newest = await this.dataSource.manager.findOne(MemberSyncRun, {
      select: { id: true },
      where: [
        { integrationId, scope: 'everybody', finishedAt: Not(IsNull()) },
        // By a worker of an earlier build, which knows no scope.
        { integrationId, people: IsNull(), state: 'complete' },
      ],
      order: { id: 'DESC' },
    });
    return newest?.id;
  }

  /** A run of single people does not hide removals that an earlier run holds. */
  private async readHolding(latest: MemberSyncRun[]): Promise<void> {
    const ofPeople = latest.filter(({ scope }) => scope === 'people');
    await Promise.all(
      ofPeople.map(async (run) => {
        run.holding = await this.holding(run.integrationId);
      }),
    );
  }

  private async holding(integrationId: number): Promise<MemberSyncRun | null> {
    const from = (await this.decidableFrom(integrationId)) ?? 0;
    return this.dataSource
      .createQueryBuilder(MemberSyncRun, 'run')
      .where({ integrationId, removalDecision: IsNull(), state: 'complete' })
      .andWhere('run.id >= :from', { from })
      .andWhere(
        `(EXISTS (SELECT 1 FROM held_removals held WHERE held.run_id = run.id)
          OR EXISTS (SELECT 1 FROM held_team_removals held WHERE held.run_id = run.id))`,
      )
      .orderBy('run.id', 'DESC')
      .getOne();
  }

  /** The runs before and after a run of the same integration. */
  async neighbours({ id, integrationId }: MemberSyncRun) {
    const neighbour = (at: FindOperator<number>, direction: 'ASC' | 'DESC') =>
      this.dataSource.manager.findOne(MemberSyncRun, {
        select: { id: true, number: true },
        where: { integrationId, id: at },
        order: { id: direction },
      });
    return {
      previous: await neighbour(LessThan(id), 'DESC'),
      next: await neighbour(MoreThan(id), 'ASC'),
    };
  }

  /** The active members at the end of each of the latest runs that stored them, oldest first. */
  async sizes(integrationId: number, limit: number): Promise<{ at: Date; active: number }[]> {
    const found = await this.dataSource.manager.find(MemberSyncRun, {
      select: { id: true, finishedAt: true, activeAfter: true },
      where: { integrationId, finishedAt: Not(IsNull()), activeAfter: Not(IsNull()) },
      order: { id: 'DESC' },
      take: limit,
    });
    return found.reverse().flatMap(({ finishedAt: at, activeAfter: active }) =>
      // The query returns no row without both.
      at && active !== null ? [{ at, active }] : [],
    );
  }

  /** Null if it is missing or another team's. */
  find(teamId: number, id: number): Promise<MemberSyncRun | null> {
    return this.withUndos()
      .innerJoin(GithubIntegration, 'integration', 'integration.id = run.integration_id')
      .where('run.id = :id AND integration.team_id = :teamId', { id, teamId })
      .getOne();
  }

  /** Number and kind of these runs, by id. */
  async byIds(ids: number[]): Promise<Map<number, MemberSyncRun>> {
    const found = await this.dataSource.manager.find(MemberSyncRun, {
      select: { id: true, number: true, undoesRunId: true },
      where: { id: In(ids) },
    });
    return new Map(found.map((run) => [run.id, run]));
  }

  /** With the run that it undid, and the run that undid it. */
  withUndos(): SelectQueryBuilder<MemberSyncRun> {
    return this.dataSource
      .createQueryBuilder(MemberSyncRun, 'run')
      .leftJoin('run.undoes', 'undone')
      .addSelect(['undone.id', 'undone.number'])
      .leftJoin('run.undoneBy', 'undo')
      .addSelect(['undo.id', 'undo.number', 'undo.requestedBy', 'undo.finishedAt']);
  }

  /** An integration's run. @throws PublicError 404, also for another integration's run */
  async ofIntegration(teamId: number, integrationId: number, id: number): Promise<MemberSyncRun> {
    const run = await this.find(teamId, id);
    if (run?.integrationId === integrationId) return run;
    throw new PublicError(
      404,
      'run_not_found',
      'The organization does not have this run.',
      'Choose one listed under Runs.',
    );
  }

  /** @throws PublicError 404, also for another team's run, to hide that it exists */
  async get(teamId: number, id: number): Promise<MemberSyncRun> {
    const run = await this.find(teamId, id);
    if (run) return run;
    throw runNotFound();
  }
}

export const runNotFound = () =>
  new PublicError(
    404,
    'member_sync_not_found',
    'Your team does not have this run.',
    "Choose one listed under the integration's member syncs.",
  );
