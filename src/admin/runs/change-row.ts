import { isDeepStrictEqual } from 'node:util';
import {
  type ChangedValues,
  type ChangeKind,
  type MemberChange,
  NOBODY,
} from '../../members/changes/member-change.entity.js';
import type { GithubLinks } from '../shared/github-links.js';
import { githubTeamsPath } from '../shared/github-team-path.js';
import { knownPersonPath, type Person, personView } from '../shared/person-view.js';

/** The kinds of changes that runs make, in the order of the pages, and their labels. */
export const KINDS: [ChangeKind, string][] = [
  ['joined', 'Joined'],
  ['left', 'Left'],
  ['returned', 'Returned'],
  ['renamed', 'Renamed'],
  ['role', 'Role'],
  ['profile', 'Profile'],
  ['suspension', 'Suspension'],
  ['collaborator_added', 'Collaborators added'],
  ['collaborator_removed', 'Collaborators removed'],
  ['invited', 'Invited'],
  ['invitation_accepted', 'Invitations accepted'],
  ['invitation_cancelled', 'Invitations cancelled'],
  ['invitation_failed', 'Invitations failed'],
  ['team_created', 'Teams created'],
  ['team_renamed', 'Teams renamed'],
  ['team_moved', 'Teams moved'],
  ['team_deleted', 'Teams deleted'],
  ['team_joined', 'Joined a team'],
  ['team_left', 'Left a team'],
  ['team_role', 'Role in a team'],
  ['identity', 'Corporate identity'],
];

/** The same of an undo, which asked GitHub nothing. */
export const UNDO_KINDS: typeof KINDS = [
  ['returned', 'Active again'],
  ['left', 'Left again'],
  ['collaborator_added', 'Collaborators again'],
  ['collaborator_removed', 'Collaborators removed again'],
  ['invited', 'Pending again'],
  ['team_created', 'Teams that exist again'],
  ['team_renamed', 'Teams named as before'],
  ['team_moved', 'Teams moved back'],
  ['team_deleted', 'Teams deleted again'],
  ['team_joined', 'In a team again'],
  ['team_left', 'Out of a team again'],
  ['team_role', 'Earlier role in a team'],
];

const LABELS: [keyof ChangedValues, string][] = [
  ['status', 'Status'],
  ['present', 'On GitHub'],
  ['outside', 'Outside collaborator'],
  ['login', 'Login'],
  ['role', 'Role'],
  ['name', 'Name'],
  ['email', 'Email'],
  ['twoFactorEnabled', 'Two-factor'],
  ['suspended', 'Suspended'],
  ['githubType', 'Kind of account'],
  ['identityLinked', 'Corporate identity'],
  ['samlNameId', 'SAML NameID'],
  ['scimUserName', 'SCIM user name'],
  ['verifiedEmails', 'Verified addresses'],
  ['avatarUrl', 'Picture'],
  ['nodeId', 'Node id'],
  ['invitedAs', 'Invited as'],
  ['invitedBy', 'Invited by'],
  ['failedReason', 'Reason'],
  ['outcome', 'Outcome'],
  ['slug', 'Slug'],
  ['privacy', 'Privacy'],
  ['parentTeam', 'Parent team'],
  ['githubTeam', 'Team'],
  ['githubTeamRole', 'Role in the team'],
];

/** Somebody whom the directory no longer has. */
export const UNKNOWN_PERSON = { id: undefined, name: null, avatarUrl: null };

interface KnownPerson extends Pick<Person, 'name' | 'avatarUrl'> {
  /** Our id of the member. */
  id: number | undefined;
}

/** A change as a row: the person as in the directory, and each different value, before and after. */
export const presentChangeRow = (
  change: MemberChange,
  person: KnownPerson,
  links: GithubLinks,
) => ({
  id: change.id,
  kind: change.kind,
  ...subjectOf(change, person, links),
  isNew: change.before === null,
  madeBy: change.madeBy,
  madeAt: change.madeAt.toISOString(),
  values: shownValues(change.before, change.after),
});

/** Whom, or what, a change is about. A team's slug and an address are nobody's login. */
function subjectOf(
  { integrationId, githubId, githubTeamId, login }: MemberChange,
  { id, name, avatarUrl }: KnownPerson,
  links: GithubLinks,
) {
  const page = githubTeamId
    ? githubTeamsPath(integrationId, githubTeamId)
    : `/integrations/github/${integrationId}/invitations`;
  if (githubId === NOBODY)
    return { ...personView({ login, name: null, avatarUrl: null, page }, links), link: undefined };
  return personView({ login, name, avatarUrl, page: knownPersonPath(integrationId, id) }, links);
}

/** The labelled values that a change or a comparison shows. */
export const shownValues = (before: ChangedValues | null, after: ChangedValues | null) =>
  LABELS.filter(([field]) => isShown(field, before, after)).map(([field, label]) => ({
    label,
    before: before && isDifferent(field, before, after) ? inWords(valueIn(before, field)) : null,
    after: inWords(valueIn(after, field)),
  }));

/** Other values are null where they are not visible. */
function valueIn(values: ChangedValues | null, field: keyof ChangedValues) {
  const value = values?.[field];
  if (field === 'outside') return Boolean(value);
  const isName = field === 'samlNameId' || field === 'scimUserName';
  return isName && value === null && values?.identityLinked !== null ? undefined : value;
}

const SHOWN_OF_NEW: ReadonlySet<keyof ChangedValues> = new Set([
  'name',
  'email',
  'role',
  'invitedAs',
  'invitedBy',
  'privacy',
  'parentTeam',
]);

const isDifferent = (
  field: keyof ChangedValues,
  before: ChangedValues,
  after: ChangedValues | null,
): boolean => !isDeepStrictEqual(before[field], after?.[field]);

/** For a new person, all known values; otherwise the different ones. */
function isShown(
  field: keyof ChangedValues,
  before: ChangedValues | null,
  after: ChangedValues | null,
): boolean {
  // Another role is one in a team.
  if (field === 'githubTeam' && after?.githubTeam) return true;
  if (before) return isDifferent(field, before, after);
  return SHOWN_OF_NEW.has(field) && Boolean(after?.[field]);
}

function inWords(value: ChangedValues[keyof ChangedValues]): string {
  if (value === '' || value === undefined) return 'none';
  if (value === null) return 'not visible';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.join(', ') || 'none';
  return String(value);
}
