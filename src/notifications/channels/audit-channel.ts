import type { EntityManager } from 'typeorm';
import { type AuditedAction, recordAudit } from '../../accounts/audit/record-audit.js';
import { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';

/** Adds an entry about a channel to its team's audit log, as the last statement of the action's transaction. */
export async function auditChannel(
  manager: EntityManager,
  id: number,
  action: Omit<AuditedAction, 'teamId' | 'subject'>,
): Promise<void> {
  const { teamId, name: subject } = await manager.findOneByOrFail(NotificationChannel, { id });
  await recordAudit(manager, { ...action, teamId, subject });
}
