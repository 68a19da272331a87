import type { Role } from '../../accounts/users/membership.entity.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import type { Current } from './current-sync.js';
import { type MemberSyncStatusView, memberSyncStatus } from './member-sync-status.js';

/** All that the partial `member-sync-progress` goes by. */
export type SyncView = MemberSyncStatusView & { isAdmin: boolean };

/** Gone with what was read. */
const views = new WeakMap<GithubIntegration, { of: Current['latest']; view: SyncView }>();

/** One for all of a role who look at what was read once, so that it is rendered once for them as well. */
export function syncView({ integration, latest }: Current, role: Role): SyncView {
  const isAdmin = role === 'admin';
  const known = views.get(integration);
  if (known?.of === latest && known.view.isAdmin === isAdmin) return known.view;
  const view = { ...memberSyncStatus(integration, latest), isAdmin };
  views.set(integration, { of: latest, view });
  return view;
}
