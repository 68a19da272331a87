import { type MemberSyncRun, numberOf } from '../../integrations/runs/member-sync-run.entity.js';
import type { ChangeKind, MemberChange } from '../../members/changes/member-change.entity.js';
import { shownValues } from '../runs/change-row.js';

const WORDS: Record<ChangeKind, string> = {
  joined: 'Joined',
  left: 'Left',
  returned: 'Returned',
  renamed: 'Renamed',
  role: 'Role changed',
  profile: 'Profile changed',
  suspension: 'Suspension changed',
  disabled: 'Disabled',
  enabled: 'Enabled',
  collaborator_added: 'Added as an outside collaborator',
  collaborator_removed: 'No longer an outside collaborator',
  invited: 'Invited',
  invitation_accepted: 'Invitation accepted',
  invitation_cancelled: 'Invitation cancelled',
  invitation_failed: 'Invitation failed',
  team_created: 'Team created',
  team_renamed: 'Team renamed',
  team_moved: 'Team moved',
  team_deleted: 'Team deleted',
  team_joined: 'Joined a team',
  team_left: 'Left a team',
  team_role: 'Role in a team changed',
  identity: 'Corporate identity changed',
};

/** The same of an undo, which asked GitHub nothing. */
const UNDO_WORDS: Partial<typeof WORDS> = {
  returned: 'Active again',
  left: 'Left again',
  collaborator_added: 'Outside collaborator again',
  invited: 'Invitation pending again',
};

const COLORS: Partial<Record<ChangeKind, string>> = {
  joined: 'badge-success',
  returned: 'badge-success',
  enabled: 'badge-success',
  left: 'badge-neutral',
  disabled: 'badge-warning',
};

/** A change as an event in the history of a person. @param run the run that made it, if it is kept */
export const presentEvent = (change: MemberChange, run: MemberSyncRun | undefined) => ({
  id: change.id,
  words: (run?.undoesRunId && UNDO_WORDS[change.kind]) || WORDS[change.kind],
  color: COLORS[change.kind] ?? 'badge-info',
  at: change.madeAt.toISOString(),
  madeBy: change.madeBy,
  run: run && { id: run.id, number: numberOf(run) },
  isNew: change.before === null,
  values: shownValues(change.before, change.after),
});
