import type { ChangeCounts } from '../../members/changes/changes.js';
import type { ChangeKind } from '../../members/changes/member-change.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import type { SyncCounts } from './sync-counts.js';

/** A number of a run's summary, as in "12 joined". */
interface SummaryPart {
  count: number;
  words: string;
  /** The page that lists what is counted; undefined if there is none. */
  href?: string | false;
  isHeld?: boolean;
  isFailed?: boolean;
}

/** A run as a sentence: "12 joined, 3 left, 1 renamed; 2,484 unchanged". Zeros are left out. */
export interface RunSummary {
  /** What it changed; empty if nothing changed. */
  changes: SummaryPart[];
  /** What it did not change. */
  rest: SummaryPart[];
}

type Run = Pick<MemberSyncRun, 'id' | 'integrationId' | 'changeCounts'>;

/** In the order of the sentence, with singular and plural. */
const KINDS: [ChangeKind, string, string][] = [
  ['joined', 'joined', 'joined'],
  ['left', 'left', 'left'],
  ['returned', 'returned', 'returned'],
  ['renamed', 'renamed', 'renamed'],
  ['role', 'role change', 'role changes'],
  ['profile', 'profile change', 'profile changes'],
  ['suspension', 'suspension change', 'suspension changes'],
];

/** What a run did, from the stored counts. Undefined without counts. */
export function runSummary(result: SyncCounts | null, run: Run | null): RunSummary | undefined {
  if (!result) return undefined;
  const linked = linkedTo(run);
  const changes = run?.changeCounts ? byKind(run.changeCounts, linked) : byResult(result, linked);
  const told = (isFirstSync(result) ? firstSync(result, linked) : changes).filter(isAny);
  return { changes: told, rest: restOf(result, linked, told.length > 0).filter(isAny) };
}

/** Every member on GitHub was new, and the directory was empty before. */
const isFirstSync = ({ created, updated, unchanged, deactivated, held }: SyncCounts): boolean =>
  created > 0 && updated + unchanged + deactivated + held === 0;

/** These people did not join now: this is when Rollcall first saw them. */
const firstSync = ({ created: count }: SyncCounts, linked: Linked): SummaryPart[] => [
  {
    count,
    words: count === 1 ? 'member found' : 'members found',
    href: linked('/changes?kind=joined'),
  },
];

type Linked = (path: string) => string | false;

const linkedTo =
  (run: Run | null): Linked =>
  (path) =>
    run !== null && `/integrations/github/${run.integrationId}/runs/${run.id}${path}`;

const isAny = ({ count }: SummaryPart): boolean => count > 0;

const byKind = (counts: ChangeCounts, linked: Linked): SummaryPart[] =>
  KINDS.map(([kind, one, many]) => {
    const count = counts[kind] ?? 0;
    return { count, words: count === 1 ? one : many, href: linked(`/changes?kind=${kind}`) };
  });

/** Old runs have counts of people, but not of kinds of changes. */
const byResult = (result: SyncCounts, linked: Linked): SummaryPart[] => [
  { count: result.created, words: 'joined', href: linked('/changes?kind=joined') },
  { count: result.deactivated, words: 'left', href: linked('/changes?kind=left') },
  { count: result.reactivated, words: 'returned', href: linked('/changes?kind=returned') },
  { count: result.updated - result.reactivated, words: 'updated', href: linked('') },
];

function restOf(result: SyncCounts, linked: Linked, isChanged: boolean): SummaryPart[] {
  const members = result.unchanged === 1 ? 'member' : 'members';
  return [
    { count: result.held, words: 'held', href: linked('#held'), isHeld: true },
    { count: result.failed, words: 'failed', isFailed: true },
    { count: result.unchanged, words: isChanged ? 'unchanged' : `${members} unchanged` },
  ];
}
