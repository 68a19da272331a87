import type { HintedPart, HintSubject } from '../../hints/hint-subject.js';
import { idAt, type Payload, valueAt } from './delivery-payload.js';

/** A delivery whose signature is right. */
export interface SignedDelivery {
  guid: string;
  /** GitHub's name of the event, such as `organization`. */
  event: string;
  /** Undefined for an event from which nothing follows: its payload is not read. */
  payload: Payload | undefined;
}

/** What a delivery is about: an installation and an organization, as far as it says, and what to look at again. */
export interface OrganizationNews {
  organizationId: number | undefined;
  installationId: number | undefined;
  subjects: HintSubject[];
}

/** Finds what an event is about; undefined where its payload does not say. */
type Find = (payload: Payload) => HintSubject | undefined;

/** By the paths in the payload where the person may stand. */
const person =
  (...paths: string[][]): Find =>
  (payload) => {
    const found = paths.map((path) => named(payload, path)).find(Boolean);
    return found && { githubId: found.id, nodeId: found.nodeId };
  };

const githubTeam: Find = (payload) => {
  const found = named(payload, ['team']);
  return found && { githubTeamId: found.id, nodeId: found.nodeId };
};

const part =
  (part: HintedPart): Find =>
  () => ({ part });

const everybody: Find = () => ({ githubId: null });

/** By event and action, what to look at again. */
const LOOKS: Record<string, Record<string, Find[]>> = {
  organization: {
    ...each(['member_added', 'member_removed'], person(['membership', 'user'], ['user'])),
    ...each(['member_invited'], part('invitations')),
    ...each(['renamed', 'deleted'], everybody),
  },
  membership: each(['added', 'removed'], person(['member']), githubTeam),
  team: each(['created', 'edited', 'deleted'], githubTeam),
  member: each(['added', 'removed', 'edited'], person(['member']), part('outsideCollaborators')),
  installation: each(['deleted', 'suspend', 'unsuspend', 'new_permissions_accepted'], everybody),
};

const REVOCATION = 'github_app_authorization';

/** Whether something may follow from the event: only then its payload is read. */
export const isUsed = (event: string): boolean =>
  Object.hasOwn(LOOKS, event) || event === REVOCATION;

/** What is told about an organization; undefined where nothing follows from it. */
export function newsIn({ event, payload }: SignedDelivery): OrganizationNews | undefined {
  if (!payload) return undefined;
  const action = String(valueAt(payload, 'action'));
  const actions = Object.hasOwn(LOOKS, event) ? LOOKS[event] : undefined;
  const finds = actions && Object.hasOwn(actions, action) ? actions[action] : undefined;
  const subjects = (finds ?? []).map((find) => find(payload));
  // A payload that lacks one of them is none of GitHub's.
  if (!finds || !subjects.every((subject) => subject !== undefined)) return undefined;
  return {
    organizationId:
      idAt(payload, 'organization', 'id') ?? idAt(payload, 'installation', 'account', 'id'),
    installationId: idAt(payload, 'installation', 'id'),
    subjects,
  };
}

/** Who revoked the authorization of the App; undefined where the event says something else. */
export const revokedBy = ({ event, payload }: SignedDelivery): number | undefined =>
  event === REVOCATION && payload && valueAt(payload, 'action') === 'revoked'
    ? idAt(payload, 'sender', 'id')
    : undefined;

/** Its name with its action, such as `organization.member_added`. */
export function eventName({ event, payload }: SignedDelivery): string {
  const action = payload && valueAt(payload, 'action');
  const name = typeof action === 'string' ? `${event}.${action}` : event;
  return name.replace(/[^\w.-]/g, '').slice(0, MAX_NAME);
}

/** The width of the column. */
const MAX_NAME = 64;

function each(actions: string[], ...finds: Find[]): Record<string, Find[]> {
  return Object.fromEntries(actions.map((action) => [action, finds]));
}

function named(
  payload: Payload,
  path: string[],
): { id: number; nodeId: string | null } | undefined {
  const id = idAt(payload, ...path, 'id');
  const nodeId = valueAt(payload, ...path, 'node_id');
  const isPlain = typeof nodeId === 'string' && /^[\w=+/-]{1,100}$/.test(nodeId);
  return id === undefined ? undefined : { id, nodeId: isPlain ? nodeId : null };
}
