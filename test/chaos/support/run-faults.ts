import type { MemberSyncRun } from '../../../src/integrations/runs/member-sync-run.entity.js';
import { countChanges } from '../../../src/members/changes/changes.js';
import type { MemberChange } from '../../../src/members/changes/member-change.entity.js';
import { groupBy } from './group-by.js';
import type { Evidence, Fault } from './verdict.js';

const STATUS = { complete: 'complete', error: 'error', cancelled: 'error' } as const;

/** Each promised run came to an end that says what its changes say; never two of them at a time. */
export function runFaults({ after, asked, ends }: Evidence): Fault[] {
  const { runs, changes, integration } = after;
  const byRun = groupBy(changes, ({ runId }) => runId);
  const faults = runs.flatMap((run) => faultsOf(run, byRun.get(run.id) ?? []));
  const byId = new Map(runs.map((run) => [run.id, run]));
  for (const id of asked) {
    const state = byId.get(id)?.state ?? 'nowhere';
    if (!ends.includes(state)) faults.push(['lost', `run ${id} is ${state}`]);
  }
  for (const [index, run] of runs.entries())
    if (overlap(runs[index - 1], run)) faults.push(['doubled', `run ${run.id} was not alone`]);
  const shown = integration.memberSyncStatus;
  const last = runs.at(-1)?.state;
  if (shown !== STATUS[last as keyof typeof STATUS])
    faults.push([shown === 'syncing' ? 'hanging' : 'wrong', `a ${last} run shows as ${shown}`]);
  return faults;
}

function faultsOf(run: MemberSyncRun, changes: MemberChange[]): Fault[] {
  const { id, state, result, finishedAt, unfinishedIntegrationId, errorMessage } = run;
  if (!finishedAt || unfinishedIntegrationId !== null)
    return [['hanging', `run ${id} is ${state}`]];
  if (state !== 'complete' && !errorMessage) return [['wrong', `run ${id} does not say why`]];
  const { created = 0, updated = 0, deactivated = 0, unchanged = 0, failed = 0 } = result ?? {};
  const total = created + updated + unchanged + failed;
  const told = { created, updated, deactivated };
  const ofPeople = changes.filter(({ githubTeamId }) => githubTeamId === null);
  const made = {
    created: people(ofPeople, ({ kind }) => kind === 'joined'),
    updated: people(ofPeople, ({ kind }) => kind !== 'joined' && kind !== 'left'),
    deactivated: people(ofPeople, ({ kind }) => kind === 'left'),
  };
  const kinds = JSON.stringify(Object.entries(run.changeCounts ?? {}).sort());
  const counted = JSON.stringify(Object.entries(countChanges(changes)).sort());
  if (kinds !== counted) return [['wrong', `run ${id} tells of ${kinds}, and made ${counted}`]];
  const says = JSON.stringify(told);
  if (says !== JSON.stringify(made))
    return [['wrong', `run ${id} (${state}) says ${says} and made ${JSON.stringify(made)}`]];
  if (total !== (result?.total ?? 0)) return [['wrong', `run ${id} adds up to ${total}`]];
  return [];
}

const people = (changes: MemberChange[], which: (change: MemberChange) => boolean): number =>
  new Set(changes.filter(which).map(({ githubId }) => githubId)).size;

const overlap = (earlier: MemberSyncRun | undefined, later: MemberSyncRun): boolean =>
  (earlier?.finishedAt?.getTime() ?? 0) > later.requestedAt.getTime();
