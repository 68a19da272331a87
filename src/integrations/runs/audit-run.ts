import type { EntityManager } from 'typeorm';
import type { AuditAction } from '../../accounts/audit/audit-actions.js';
import type { AuditedValues } from '../../accounts/audit/audit-entry.entity.js';
import { auditIntegration } from '../connections/audit-integration.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';

/** Adds an entry about a run to the audit log, as the last statement of the action's transaction. */
export const auditRun = (
  manager: EntityManager,
  { integrationId, number }: Pick<MemberSyncRun, 'integrationId' | 'number'>,
  action: { action: AuditAction; after?: AuditedValues },
): Promise<void> =>
  auditIntegration(manager, integrationId, {
    ...action,
    subject: (organization) => `run ${number} of ${organization}`,
  });
