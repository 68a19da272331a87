import { idAt, type Payload, valueAt } from './delivery-payload.js';

/** A delivery whose signature is right. */
export interface SignedDelivery {
  guid: string;
  /** GitHub's name of the event, such as `organization`. */
  event: string;
  /** Undefined for an event from which nothing follows: its payload is not read. */
  payload: Payload | undefined;
}

/** Somebody to look at again. */
export interface HintedPerson {
  githubId: number;
  /** As the sender told it; not proven. */
  nodeId: string | null;
}

/** What a delivery is about: an installation and an organization, as far as it says, and a person or everybody. */
export interface OrganizationNews {
  organizationId: number | undefined;
  installationId: number | undefined;
  person: HintedPerson | null;
}

/** The person of an event, by the path in its payload where they stand; the first that has somebody. */
const OF_A_PERSON: Record<string, { actions: string[]; paths: string[][] }> = {
  organization: {
    actions: ['member_added', 'member_removed', 'member_invited'],
    paths: [['membership', 'user'], ['user']],
  },
  membership: { actions: ['added', 'removed'], paths: [['member']] },
  member: { actions: ['added', 'removed', 'edited'], paths: [['member']] },
};

const OF_EVERYBODY: Record<string, string[]> = {
  organization: ['renamed', 'deleted'],
  installation: ['deleted', 'suspend', 'unsuspend', 'new_permissions_accepted'],
};

const REVOCATION = 'github_app_authorization';

/** Whether something may follow from the event: only then its payload is read. */
export const isUsed = (event: string): boolean =>
  Object.hasOwn(OF_A_PERSON, event) || Object.hasOwn(OF_EVERYBODY, event) || event === REVOCATION;

/** What is told about an organization; undefined where nothing follows from it. */
export function newsIn({ event, payload }: SignedDelivery): OrganizationNews | undefined {
  if (!payload) return undefined;
  const action = String(valueAt(payload, 'action'));
  const about = {
    organizationId:
      idAt(payload, 'organization', 'id') ?? idAt(payload, 'installation', 'account', 'id'),
    installationId: idAt(payload, 'installation', 'id'),
  };
  if (OF_EVERYBODY[event]?.includes(action)) return { ...about, person: null };
  const { actions = [], paths = [] } = OF_A_PERSON[event] ?? {};
  const person =
    actions.includes(action) && paths.map((path) => personAt(payload, path)).find(Boolean);
  return person ? { ...about, person } : undefined;
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

function personAt(payload: Payload, path: string[]): HintedPerson | undefined {
  const githubId = idAt(payload, ...path, 'id');
  const nodeId = valueAt(payload, ...path, 'node_id');
  const isPlain = typeof nodeId === 'string' && /^[\w=+/-]{1,100}$/.test(nodeId);
  return githubId === undefined ? undefined : { githubId, nodeId: isPlain ? nodeId : null };
}
