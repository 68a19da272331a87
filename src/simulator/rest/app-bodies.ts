import type { SimApp, SimInstallation } from '../apps/app.js';
import { isoSeconds } from '../user.js';
import { simpleUser } from './bodies.js';

const SITE = 'https://github.com';
const MADE_AT = '2024-03-05T10:00:00Z';

/** `integration`. */
export function appBody(app: SimApp, base: string) {
  return {
    id: app.id,
    slug: app.slug,
    node_id: `A_${app.id}`,
    client_id: app.clientId,
    owner: simpleUser(app.owner, base),
    name: app.slug,
    description: null,
    external_url: 'https://example.com',
    html_url: `${SITE}/apps/${app.slug}`,
    created_at: MADE_AT,
    updated_at: MADE_AT,
    permissions: app.permissions,
    events: [],
    installations_count: app.installations.size,
  };
}

/** `installation`. */
export function installationBody(installation: SimInstallation, base: string) {
  const { id, app, organization } = installation;
  // GitHub's description of an installation's account is older than this field.
  const { user_view_type: _, ...account } = simpleUser(organization, base);
  return {
    id,
    account,
    repository_selection: 'all',
    access_tokens_url: `${base}/app/installations/${id}/access_tokens`,
    repositories_url: `${base}/installation/repositories`,
    html_url: `${SITE}/organizations/${organization.login}/settings/installations/${id}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: organization.id,
    target_type: 'Organization',
    permissions: installation.permissions,
    events: [],
    created_at: MADE_AT,
    updated_at: MADE_AT,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspended ? MADE_AT : null,
  };
}

/** `installation-token`. */
export function installationTokenBody(token: string, expiresAt: number, permissions: object) {
  return {
    token,
    expires_at: isoSeconds(new Date(expiresAt)),
    permissions,
    repository_selection: 'all',
  };
}
