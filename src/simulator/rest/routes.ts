import {
  type AppHandler,
  asApp,
  createInstallationToken,
  getApp,
  getInstallation,
  getOrganizationInstallation,
  listInstallations,
  listOwnInstallations,
} from './apps.js';
import type { Handler } from './call.js';
import {
  addHook,
  changeHook,
  getAppHookConfig,
  getHook,
  listAppDeliveries,
  listDeliveries,
  listHooks,
  pingHook,
  redeliver,
  redeliverForApp,
  removeHook,
} from './hooks.js';
import { listFailedInvitations, listInvitations, listInvitationTeams } from './invitations.js';
import {
  checkMember,
  checkPublicMember,
  getMembership,
  listMembers,
  listPublicMembers,
} from './members.js';
import { getOrganization, getOwnMembership, listOwnOrganizations } from './organizations.js';
import { listOutsideCollaborators } from './outside-collaborators.js';
import { getRateLimit, getRoot } from './root.js';
import { getSelf, getUser, listEmails } from './users.js';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface Route {
  readonly method: Method;
  readonly path: RegExp;
  readonly handler: Handler;
  /** The page of GitHub's documentation, below its root. */
  readonly page: string;
  /** `x-accepted-oauth-scopes` */
  readonly scopes: string;
  /** `x-accepted-github-permissions`, for fine-grained tokens */
  readonly permissions?: string;
}

const ORG = '/org(?:s/([^/]+)|anizations/(\\d+))';
const READS_ORG = 'admin:org, read:org, repo, user, write:org';
const MEMBERS = 'members=read';

function route(
  path: string,
  handler: Handler,
  page: string,
  scopes = '',
  permissions?: string,
): Route {
  const pattern = new RegExp(`^${path}/?$`);
  return { method: 'GET', path: pattern, handler, page, scopes, permissions };
}

/** A route that only an App's JWT opens. */
function appRoute(path: string, handler: AppHandler, page: string): Route {
  return route(path, asApp(handler), `/apps/apps#${page}`);
}

/** A route about the webhooks of an organization. */
function hookRoute(method: Method, path: string, handler: Handler, page: string): Route {
  const level = method === 'GET' ? 'read' : 'write';
  const described = `/orgs/webhooks#${page}`;
  const found = route(
    `${ORG}/hooks${path}`,
    handler,
    described,
    'admin:org_hook',
    `organization_hooks=${level}`,
  );
  return { ...found, method };
}

const HOOK = '/(\\d+)';

/** Every REST call that Rollcall makes. GitHub's `Link` headers name organizations by id, so those paths are here too. */
export const ROUTES: readonly Route[] = [
  route(
    `${ORG}/members`,
    listMembers,
    '/orgs/members#list-organization-members',
    READS_ORG,
    MEMBERS,
  ),
  route(
    `${ORG}/members/([^/]+)`,
    checkMember,
    '/orgs/members#check-organization-membership-for-a-user',
    READS_ORG,
    MEMBERS,
  ),
  route(
    `${ORG}/public_members`,
    listPublicMembers,
    '/orgs/members#list-public-organization-members',
  ),
  route(
    `${ORG}/public_members/([^/]+)`,
    checkPublicMember,
    '/orgs/members#check-public-organization-membership-for-a-user',
  ),
  route(
    `${ORG}/memberships/([^/]+)`,
    getMembership,
    '/orgs/members#get-organization-membership-for-a-user',
    'admin:org, read:org, repo, write:org',
    MEMBERS,
  ),
  route(
    `${ORG}/outside_collaborators`,
    listOutsideCollaborators,
    '/orgs/outside-collaborators#list-outside-collaborators-for-an-organization',
    READS_ORG,
    MEMBERS,
  ),
  route(
    `${ORG}/invitations`,
    listInvitations,
    '/orgs/members#list-pending-organization-invitations',
    'admin:org, read:org, write:org',
    MEMBERS,
  ),
  route(
    `${ORG}/failed_invitations`,
    listFailedInvitations,
    '/orgs/members#list-failed-organization-invitations',
    'admin:org, read:org, write:org',
    MEMBERS,
  ),
  route(
    `${ORG}/invitations/(\\d+)/teams`,
    listInvitationTeams,
    '/orgs/members#list-organization-invitation-teams',
    'admin:org, read:org, write:org',
    MEMBERS,
  ),
  route(ORG, getOrganization, '/orgs/orgs#get-an-organization', READS_ORG),
  route('/user', getSelf, '/users/users#get-the-authenticated-user'),
  route(
    '/user/emails',
    listEmails,
    '/users/emails#list-email-addresses-for-the-authenticated-user',
    'user, user:email',
  ),
  route(
    '/user/orgs',
    listOwnOrganizations,
    '/orgs/orgs#list-organizations-for-the-authenticated-user',
    READS_ORG,
  ),
  route(
    '/user/memberships/orgs/([^/]+)',
    getOwnMembership,
    '/orgs/members#get-an-organization-membership-for-the-authenticated-user',
    'admin:org, read:org, repo, write:org',
    MEMBERS,
  ),
  route(
    '/user/installations',
    listOwnInstallations,
    '/apps/installations#list-app-installations-accessible-to-the-user-access-token',
  ),
  appRoute('/app', getApp, 'get-the-authenticated-app'),
  appRoute(
    `${ORG}/installation`,
    getOrganizationInstallation,
    'get-an-organization-installation-for-the-authenticated-app',
  ),
  appRoute('/app/installations', listInstallations, 'list-installations-for-the-authenticated-app'),
  appRoute(
    '/app/installations/(\\d+)',
    getInstallation,
    'get-an-installation-for-the-authenticated-app',
  ),
  {
    ...appRoute(
      '/app/installations/(\\d+)/access_tokens',
      createInstallationToken,
      'create-an-installation-access-token-for-an-app',
    ),
    method: 'POST',
  },
  hookRoute('GET', '', listHooks, 'list-organization-webhooks'),
  hookRoute('POST', '', addHook, 'create-an-organization-webhook'),
  hookRoute('GET', HOOK, getHook, 'get-an-organization-webhook'),
  hookRoute('PATCH', HOOK, changeHook, 'update-an-organization-webhook'),
  hookRoute('DELETE', HOOK, removeHook, 'delete-an-organization-webhook'),
  hookRoute('POST', `${HOOK}/pings`, pingHook, 'ping-an-organization-webhook'),
  hookRoute(
    'GET',
    `${HOOK}/deliveries`,
    listDeliveries,
    'list-deliveries-for-an-organization-webhook',
  ),
  hookRoute(
    'POST',
    `${HOOK}/deliveries/(\\d+)/attempts`,
    redeliver,
    'redeliver-a-delivery-for-an-organization-webhook',
  ),
  appRoute('/app/hook/config', getAppHookConfig, 'get-a-webhook-configuration-for-an-app'),
  appRoute('/app/hook/deliveries', listAppDeliveries, 'list-deliveries-for-an-app-webhook'),
  {
    ...appRoute(
      '/app/hook/deliveries/(\\d+)/attempts',
      redeliverForApp,
      'redeliver-a-delivery-for-an-app-webhook',
    ),
    method: 'POST',
  },
  route('/user/(\\d+)', getUser, '/users/users#get-a-user-using-their-id'),
  route('/users/([^/]+)', getUser, '/users/users#get-a-user'),
  route(
    '/rate_limit',
    getRateLimit,
    '/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user',
  ),
  route('/', getRoot, '/meta/meta#github-api-root'),
];
