import { type EntityManager, IsNull } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { GithubIntegration } from './github-integration.entity.js';
import { integrationDisconnected } from './integration-disconnected.js';

/**
 * Locks the integration until the transaction ends, so that it is not disconnected meanwhile.
 * @throws PublicError `integration_disconnected`
 */
export async function lockConnected(
  manager: EntityManager,
  id: number,
): Promise<GithubIntegration> {
  const select = manager
    .createQueryBuilder(GithubIntegration, 'integration')
    .where({ id, disconnectedAt: IsNull() });
  const integration = await forUpdate(select).getOne();
  if (!integration) throw integrationDisconnected();
  return integration;
}
