import type { Role } from '../../accounts/users/membership.entity.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import type { Current } from './current-sync.js';
import { type MemberSyncStatusView, memberSyncStatus } from './member-sync-status.js';

/** The data of the partial `sync/_progress`. */
export type SyncView = MemberSyncStatusView & { isAdmin: boolean };

/** One view per integration object; freed with it. */
const views = new WeakMap<GithubIntegration, { of: Current['latest']; view: SyncView }>();

/** Requests of the same role share one view, so that it is rendered once. */
export function syncView({ integration, latest }: Current, role: Role): SyncView {
  const isAdmin = role === 'admin';
  const known = views.get(integration);
  if (known?.of === latest && known.view.isAdmin === isAdmin) return known.view;
  const view = { ...memberSyncStatus(integration, latest), isAdmin };
  views.set(integration, { of: latest, view });
  return view;
}
