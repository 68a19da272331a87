import { type EntityManager, IsNull } from 'typeorm';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import {
  listensTo,
  NotificationChannel,
} from '../../integrations/outbox/notification-channel.entity.js';

/** The channels that are on and listen to an integration. */
export async function listeners(
  manager: EntityManager,
  { id, teamId }: Pick<GithubIntegration, 'id' | 'teamId'>,
): Promise<NotificationChannel[]> {
  const channels = await manager.findBy(NotificationChannel, { teamId, disabledAt: IsNull() });
  return channels.filter((channel) => listensTo(channel, id));
}
