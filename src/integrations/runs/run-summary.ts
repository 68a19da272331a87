import type { ChangeKind } from '../../members/changes/member-change.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import { heldCounts, type RunResult, type SyncCounts } from './sync-counts.js';

/** A number of a run's summary, as in "12 joined". */
interface SummaryPart {
  count: number;
  words: string;
  /** The page that lists what is counted; undefined if there is none. */
  href?: string | false;
  isFailed?: boolean;
}

/** A run as a sentence: "12 joined, 3 left, 1 renamed; 2,484 unchanged". Zeros are left out. */
export interface RunSummary {
  /** What it changed; empty if nothing changed. */
  changes: SummaryPart[];
  /** What it did not change. */
  rest: SummaryPart[];
  /** Whether it found nothing to change, and holds nothing that waits for a decision. */
  isUnchanged: boolean;
  /** What stands before the rest. */
  joint: string;
}

interface Run
  extends Pick<
    MemberSyncRun,
    'id' | 'integrationId' | 'scope' | 'changeCounts' | 'removalDecision' | 'undoesRunId'
  > {
  /** With the parts, which the counts of an integration lack. */
  result?: RunResult | null;
}

/** In the order of the sentence, with singular and plural. */
const KINDS: [ChangeKind, string, string][] = [
  ['joined', 'joined', 'joined'],
  ['left', 'left', 'left'],
  ['returned', 'returned', 'returned'],
  ['renamed', 'renamed', 'renamed'],
  ['role', 'role change', 'role changes'],
  ['profile', 'profile change', 'profile changes'],
  ['suspension', 'suspension change', 'suspension changes'],
  ['collaborator_added', 'collaborator added', 'collaborators added'],
  ['collaborator_removed', 'collaborator removed', 'collaborators removed'],
  ['invited', 'invited', 'invited'],
  ['invitation_accepted', 'invitation accepted', 'invitations accepted'],
  ['invitation_cancelled', 'invitation cancelled', 'invitations cancelled'],
  ['invitation_failed', 'invitation failed', 'invitations failed'],
  ['team_created', 'team created', 'teams created'],
  ['team_renamed', 'team renamed', 'teams renamed'],
  ['team_moved', 'team moved', 'teams moved'],
  ['team_deleted', 'team deleted', 'teams deleted'],
  ['team_joined', 'joined a team', 'joined teams'],
  ['team_left', 'left a team', 'left teams'],
  ['team_role', 'role change in a team', 'role changes in teams'],
  ['identity', 'identity change', 'identity changes'],
];

/** The same of an undo, which asked GitHub nothing. */
const UNDO_KINDS: typeof KINDS = [
  ['returned', 'active again', 'active again'],
  ['left', 'left again', 'left again'],
  ['collaborator_added', 'collaborator again', 'collaborators again'],
  ['collaborator_removed', 'collaborator removed again', 'collaborators removed again'],
  ['invited', 'invitation pending again', 'invitations pending again'],
  ['team_created', 'team exists again', 'teams exist again'],
  ['team_renamed', 'team named as before', 'teams named as before'],
  ['team_moved', 'team moved back', 'teams moved back'],
  ['team_deleted', 'team deleted again', 'teams deleted again'],
  ['team_joined', 'in a team again', 'in teams again'],
  ['team_left', 'out of a team again', 'out of teams again'],
  ['team_role', 'earlier role in a team', 'earlier roles in teams'],
];

/** What a run did, from the stored counts. Undefined without counts. */
export function runSummary(result: SyncCounts | null, run: Run | null): RunSummary | undefined {
  if (!result) return undefined;
  const linked = linkedTo(run);
  const changes = run?.changeCounts ? byKind(run, linked) : byResult(result, linked);
  const isFirst = run?.scope !== 'people' && isFirstSync(result);
  const told = (isFirst ? firstSync(result, linked) : changes).filter(isAny);
  const isHolding = result.held + heldOfTeams(run) > 0;
  const [isChanged, isWaiting] = [told.length > 0, isHolding && !run?.removalDecision];
  return {
    changes: told,
    rest: restOf(result, run, isChanged).filter(isAny),
    isUnchanged: !isChanged && !isWaiting,
    joint: isChanged || !isWaiting ? '; ' : '',
  };
}

const heldOfTeams = (run: Run | null): number => heldCounts(run?.result ?? null).ofTeams;

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

const byKind = ({ changeCounts, undoesRunId }: Run, linked: Linked): SummaryPart[] =>
  (undoesRunId ? UNDO_KINDS : KINDS).map(([kind, one, many]) => {
    const count = changeCounts?.[kind] ?? 0;
    return { count, words: count === 1 ? one : many, href: linked(`/changes?kind=${kind}`) };
  });

/** Old runs have counts of people, but not of kinds of changes. */
const byResult = (result: SyncCounts, linked: Linked): SummaryPart[] => [
  { count: result.created, words: 'joined', href: linked('/changes?kind=joined') },
  { count: result.deactivated, words: 'left', href: linked('/changes?kind=left') },
  { count: result.reactivated, words: 'returned', href: linked('/changes?kind=returned') },
  { count: result.updated - result.reactivated, words: 'updated', href: linked('') },
];

function restOf(result: SyncCounts, run: Run | null, isChanged: boolean): SummaryPart[] {
  const isOfPeople = run?.scope === 'people';
  const members = result.unchanged === 1 ? 'member' : 'members';
  const removals = (count: number) => (count === 1 ? 'removal' : 'removals');
  const decided = run?.removalDecision ? 'rejected' : 'held';
  const [ofTeams, href] = [heldOfTeams(run), linkedTo(run)('#held')];
  return [
    { count: result.held, words: `${removals(result.held)} ${decided}`, href },
    { count: ofTeams, words: `${removals(ofTeams)} from teams ${decided}`, href },
    { count: result.failed, words: 'failed', isFailed: true },
    {
      count: result.unchanged,
      words: isChanged || isOfPeople ? 'unchanged' : `${members} unchanged`,
    },
  ];
}
