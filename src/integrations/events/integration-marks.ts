import type { DataSource } from 'typeorm';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { MemberCounts } from '../../members/member-counts.entity.js';
import { secondsAgo, usingIndex } from '../../platform/database/dialect.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/** What an open page is told: the directory changed, or a run began, moved on or ended. */
export const EVENTS = ['members', 'run'] as const;

export type PageEvent = (typeof EVENTS)[number];

/** A text that differs once there is something to tell, and how many seconds ago it changed last. */
interface Mark {
  text: string;
  age: number;
}

export type Marks = Record<PageEvent, Mark>;

/** Whether somebody who saw `seen` should be told. */
export const differs = (seen: Marks, now: Marks, event: PageEvent): boolean =>
  seen[event].text !== now[event].text;

/** Names both marks, so that a page that connects again can say what it saw. */
export const idOf = ({ members, run }: Marks): string => `${members.text}-${run.text}`;

interface Row {
  id: number;
  membersAge: number | string | null;
  runAge: number | string | null;
  [column: string]: unknown;
}

/**
 * The columns whose values make each mark. A change that is committed after a later one is no newest change: the counts
 * tell of it, and at the latest the end of its run.
 */
const COLUMNS: Record<PageEvent, string[]> = {
  members: [
    'newest.id',
    'counts.active',
    'counts.left',
    'counts.disabled',
    'integration.organizationLogin',
  ],
  run: [
    'integration.memberSyncStatus',
    'integration.disconnectedAt',
    'run.id',
    'run.state',
    'run.phase',
    'run.done',
    'run.total',
    'run.queueProblem',
    'run.githubSilent',
    'run.removalDecision',
    'run.approvedInParts',
    'run.removalsApproved',
    'run.undoneByRunId',
  ],
};

/** The marks of integrations, in one statement that reads a few rows of each by an index. */
export async function readMarks(
  dataSource: DataSource,
  ids: number[],
): Promise<Map<number, Marks>> {
  const newestChange = `SELECT id FROM member_changes ${usingIndex(dataSource, 'member_changes_since')}
    WHERE integration_id = integration.id ORDER BY made_at DESC, github_id DESC LIMIT 1`;
  const latestRun = `SELECT id FROM member_sync_runs ${usingIndex(dataSource, 'member_sync_runs_history')}
    WHERE integration_id = integration.id ORDER BY id DESC LIMIT 1`;
  const select = dataSource
    .createQueryBuilder(GithubIntegration, 'integration')
    .leftJoin(MemberChange, 'newest', `newest.id = (${newestChange})`)
    .leftJoin(MemberSyncRun, 'run', `run.id = (${latestRun})`)
    .leftJoin(MemberCounts, 'counts', 'counts.integration_id = integration.id')
    .select('integration.id', 'id')
    .addSelect(secondsAgo(dataSource, 'newest.made_at'), 'membersAge')
    .addSelect(secondsAgo(dataSource, 'COALESCE(run.finished_at, run.requested_at)'), 'runAge')
    .where('integration.id IN (:...ids)', { ids });
  for (const column of Object.values(COLUMNS).flat()) select.addSelect(column, column);
  const rows = await select.getRawMany<Row>();
  return new Map(rows.map((row) => [row.id, marksOf(row)]));
}

const marksOf = (row: Row): Marks => ({
  members: markOf(row, 'members', row.membersAge),
  run: markOf(row, 'run', row.runAge),
});

const markOf = (row: Row, event: PageEvent, age: Row['membersAge']): Mark => ({
  text: sha256Hex(JSON.stringify(COLUMNS[event].map((column) => row[column]))).slice(0, 16),
  age: age === null ? Number.POSITIVE_INFINITY : Number(age),
});
