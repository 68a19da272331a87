import type { SimInstallation } from '../apps/app.js';
import type { SimInvitation } from '../invitations.js';
import type { SimOrganization } from '../organization.js';
import type { OrganizationChange } from '../organization-change.js';
import { installationBody } from '../rest/app-bodies.js';
import { membershipBody, simpleOrganization, simpleUser } from '../rest/bodies.js';
import { hookBody } from '../rest/hook-bodies.js';
import { invitationBody, teamBody } from '../rest/team-bodies.js';
import type { TeamChange } from '../team-change.js';
import type { SimUser } from '../user.js';
import type { SimHook } from './hook.js';

/** What addresses in payloads begin with. */
const BASE = 'https://api.github.com';

export interface Payload {
  readonly action?: string;
  readonly [name: string]: unknown;
}

/** What every event of an organization has. Who did it is an owner, where the payload does not say. */
export function ofOrganization(organization: SimOrganization, payload: Payload): Payload {
  const sender = payload.sender ?? simpleUser(ownerOf(organization) ?? organization, BASE);
  return {
    ...payload,
    sender,
    organization: simpleOrganization(organization, BASE),
  };
}

/** What an App learns in addition. */
export function viaInstallation({ id }: SimInstallation): Payload {
  return { installation: { id, node_id: nodeId('MDIzOkludGVncmF0aW9u', id) } };
}

/** The event `organization`. */
export function organizationPayload(
  organization: SimOrganization,
  change: OrganizationChange,
): Payload {
  const { action } = change;
  if (action === 'deleted') return { action };
  if (action === 'renamed') return { action, changes: { login: { from: change.from } } };
  if (action === 'member_invited') return invitedPayload(organization, change.invitation);
  const sender = simpleUser(change.membership.user, BASE);
  const standing = { membership: change.membership, state: 'active' } as const;
  const { organization: _, ...active } = membershipBody(standing, organization, BASE);
  const membership = action === 'member_added' ? active : { ...active, state: 'inactive' };
  return { action, membership, sender };
}

/** The event `installation`. */
export function installationPayload(installation: SimInstallation, action: string): Payload {
  const sender = simpleUser(installation.organization, BASE);
  const shown = installationBody(installation, BASE);
  const suspension = installation.suspended ? { suspended_by: sender } : {};
  return { action, installation: { ...shown, ...suspension }, sender };
}

/** The event `github_app_authorization`. */
export function revocationPayload(user: SimUser): Payload {
  return { action: 'revoked', sender: simpleUser(user, BASE) };
}

/** The event `ping`. */
export function pingPayload(hook: SimHook): Payload {
  const { type, ...shown } = hookBody(hook, BASE);
  return { zen: 'Design for failure.', hook_id: hook.id, hook: { ...shown, type } };
}

function invitedPayload(organization: SimOrganization, invitation: SimInvitation): Payload {
  const shown = invitationBody(invitation, organization, BASE);
  const user = invitation.user ? { user: simpleUser(invitation.user, BASE) } : {};
  return { action: 'member_invited', invitation: shown, ...user };
}

/** The event of a team, or of who is in it. */
export function teamPayload(
  organization: SimOrganization,
  change: TeamChange,
): { event: 'team' | 'membership'; payload: Payload } {
  const team = teamBody(change.team, organization, BASE);
  if (!('user' in change)) {
    const action = change.action.replace('team_', '');
    const changes = 'changes' in change ? { changes: change.changes } : {};
    return { event: 'team', payload: { action, team, ...changes } };
  }
  const action = change.action.replace('team_member_', '');
  const member = simpleUser(change.user, BASE);
  return { event: 'membership', payload: { action, scope: 'team', member, team } };
}

function ownerOf(organization: SimOrganization): SimUser | undefined {
  return organization.list({ role: 'admin' })[0]?.user;
}

function nodeId(prefix: string, id: number): string {
  return `${prefix}_${id}`;
}
