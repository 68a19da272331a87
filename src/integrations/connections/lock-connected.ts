import { type EntityManager, IsNull } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { GithubIntegration } from './github-integration.entity.js';
import { integrationDisconnected } from './integration-disconnected.js';

/**
 * Locks the integration until the transaction ends, so that it is not disconnected meanwhile.
 * @throws PublicError `integration_disconnected`
 */
export async function lockConnected(manager: EntityManager, id: number): Promise<void> {
  const select = manager
    .createQueryBuilder(GithubIntegration, 'integration')
    .select('integration.id')
    .where({ id, disconnectedAt: IsNull() });
  if (!(await forUpdate(select).getOne())) throw integrationDisconnected();
}
