import type { EntityManager } from 'typeorm';
import { type AuditedAction, recordAudit } from '../../accounts/audit/record-audit.js';
import { GithubIntegration } from './github-integration.entity.js';

/** An action whose subject is the organization, or a part of it. */
interface IntegrationAction extends Omit<AuditedAction, 'teamId' | 'subject'> {
  /** Default: the organization alone. */
  subject?: (organization: string) => string;
}

/** Adds an entry about an integration to its team's audit log, as the last statement of the action's transaction. */
export async function auditIntegration(
  manager: EntityManager,
  id: number,
  { subject = (organization) => organization, ...action }: IntegrationAction,
): Promise<void> {
  const { teamId, organizationLogin } = await manager.findOneOrFail(GithubIntegration, {
    select: { id: true, teamId: true, organizationLogin: true },
    where: { id },
  });
  await recordAudit(manager, { ...action, teamId, subject: subject(organizationLogin) });
}
