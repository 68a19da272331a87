import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { PeopleSearch } from '../../members/listing/people-search.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../runs/member-sync-runs.js';
import { narrowChanges, narrowRuns } from './activity-conditions.js';
import type { ActivityFilter, ActivityPosition } from './activity-query.js';

/** A run, or what somebody did to a member by hand. */
export type ActivityItem =
  | { at: Date; run: MemberSyncRun; change: null }
  | { at: Date; run: null; change: MemberChange };

export interface ActivityPage {
  items: ActivityItem[];
  /** Undefined on the last page. */
  next: ActivityPosition | undefined;
}

interface PageQuery {
  limit: number;
  before?: ActivityPosition | undefined;
}

/** Items of an export that are read at once. */
const ITEMS_PER_READ = 500;

const START: ActivityPosition = { run: 0, change: 0 };

/** Everything that happened to an organization, newest first. */
@Injectable()
export class Activity {
  constructor(
    private readonly dataSource: DataSource,
    private readonly runs: MemberSyncRuns,
    private readonly people: PeopleSearch,
  ) {}

  async page(filter: ActivityFilter, { limit, before = START }: PageQuery): Promise<ActivityPage> {
    const { integrationId, person } = filter;
    const githubIds = person ? await this.people.ids(integrationId, person) : undefined;
    const condition = { ...filter, githubIds };
    const [runs, changes] = await Promise.all([
      narrowRuns(this.runs.withUndos(), { ...condition, before: before.run })
        .orderBy('run.id', 'DESC')
        .limit(limit + 1)
        .getMany(),
      narrowChanges(this.dataSource.createQueryBuilder(MemberChange, 'change'), {
        ...condition,
        before: before.change,
      })
        .orderBy('change.id', 'DESC')
        .limit(limit + 1)
        .getMany(),
    ]);
    const all = merged(runs.map(ofRun), changes.map(ofChange));
    const items = all.slice(0, limit);
    return { items, next: all.length > limit ? after(items, before) : undefined };
  }

  /** Holds no database connection while a slow consumer reads. */
  async *all(filter: ActivityFilter, signal?: AbortSignal): AsyncGenerator<ActivityItem> {
    for (let before: ActivityPosition | undefined = START; before; ) {
      signal?.throwIfAborted();
      const page: ActivityPage = await this.page(filter, { limit: ITEMS_PER_READ, before });
      yield* page.items;
      before = page.next;
    }
  }
}

const ofRun = (run: MemberSyncRun): ActivityItem => ({ at: run.requestedAt, run, change: null });
const ofChange = (change: MemberChange): ActivityItem => ({
  at: change.madeAt,
  run: null,
  change,
});

/** Keeps the order of each list, because the next page goes on after the last of each. */
function merged(runs: ActivityItem[], changes: ActivityItem[]): ActivityItem[] {
  const all: ActivityItem[] = [];
  for (let [r, c] = [0, 0]; r < runs.length || c < changes.length; ) {
    const [run, change] = [runs[r], changes[c]];
    const takesRun = run && (!change || run.at >= change.at);
    all.push((takesRun ? runs[r++] : changes[c++]) as ActivityItem);
  }
  return all;
}

function after(items: ActivityItem[], before: ActivityPosition): ActivityPosition {
  const position = { ...before };
  for (const { run, change } of items) {
    if (run) position.run = run.id;
    else position.change = change.id;
  }
  return position;
}
