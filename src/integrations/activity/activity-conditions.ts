import type { SelectQueryBuilder } from 'typeorm';
import type { MemberChange } from '../../members/changes/member-change.entity.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { type ActivityFilter, HAND_KINDS, isHandKind } from './activity-query.js';

/** A filter whose `person` was looked up. */
export interface Condition extends ActivityFilter {
  /** GitHub's ids of the people; undefined for everybody. */
  githubIds: number[] | undefined;
  /** Only what is older than the row with this id; 0 for all. */
  before: number;
}

/** Narrows a query of runs. */
export function narrowRuns(
  select: SelectQueryBuilder<MemberSyncRun>,
  { integrationId, kind, githubIds, by, before }: Condition,
): SelectQueryBuilder<MemberSyncRun> {
  select.where('run.integration_id = :integrationId', { integrationId });
  if (before) select.andWhere('run.id < :before', { before });
  if (by) select.andWhere(`(${RUN_ACTORS.map(contains).join(' OR ')})`, { by: pattern(by) });
  if (kind) select.andWhere(RUN_KINDS[kind] ?? MADE_KIND, { kind, counted: `%"${kind}":%` });
  if (githubIds) select.andWhere(`run.id IN (${madeTo(kind)})`, { githubIds: orNobody(githubIds) });
  return select;
}

const RUN_ACTORS = [
  'run.requested_by',
  'run.removal_decided_by',
  // Says who cancelled it.
  "CASE run.state WHEN 'cancelled' THEN run.error_message END",
];

/** SQL for what a run is; other kinds are changes that it made. */
const RUN_KINDS: Partial<Record<string, string>> = {
  sync: 'run.undoes_run_id IS NULL',
  undo: 'run.undoes_run_id IS NOT NULL',
  failed: "run.state = 'error'",
  cancelled: "run.state = 'cancelled'",
};

/** Old runs have no counts of kinds. For `EXISTS`, MariaDB would read the changes of all runs, of all teams. */
const MADE_KIND = `(run.change_counts LIKE :counted OR (run.change_counts IS NULL AND (
  SELECT made.id FROM member_changes made WHERE made.run_id = run.id AND made.kind = :kind LIMIT 1) IS NOT NULL))`;

/** SQL for the runs that changed these people; in this way, where the kind is one of changes. */
const madeTo = (kind: ActivityFilter['kind']): string =>
  `SELECT made.run_id FROM member_changes made
   WHERE made.integration_id = :integrationId AND made.github_id IN (:...githubIds)
   ${kind && !RUN_KINDS[kind] ? 'AND made.kind = :kind' : ''}`;

/** Narrows a query of changes to those that were made by hand. */
export function narrowChanges(
  select: SelectQueryBuilder<MemberChange>,
  { integrationId, kind, githubIds, by, before }: Condition,
): SelectQueryBuilder<MemberChange> {
  const kinds = kind ? [kind].filter(isHandKind) : HAND_KINDS;
  // The sum keeps the databases from reading all changes of the organization: few changes are made by hand.
  select
    .where('change.run_id IS NULL AND change.integration_id + 0 = :integrationId', {
      integrationId,
    })
    .andWhere('change.kind IN (:...kinds)', { kinds: kinds.length > 0 ? kinds : ['none'] });
  if (before) select.andWhere('change.id < :before', { before });
  if (by) select.andWhere(contains('change.made_by'), { by: pattern(by) });
  if (githubIds)
    select.andWhere('change.github_id IN (:...githubIds)', { githubIds: orNobody(githubIds) });
  return select;
}

const contains = (column: string): string => `LOWER(${column}) LIKE :by ESCAPE '!'`;

const pattern = (text: string): string => `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;

/** SQL allows no empty list; no change has this id, not even one without a person. */
const orNobody = (githubIds: number[]): number[] => (githubIds.length > 0 ? githubIds : [-1]);
