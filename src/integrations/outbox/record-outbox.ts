import { type EntityManager, IsNull } from 'typeorm';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { possibleEvents } from './event-types.js';
import { listensTo, NotificationChannel } from './notification-channel.entity.js';
import { OutboxEntry, type OutboxKind } from './outbox-entry.entity.js';

/**
 * Notes what channels are to be told of a run, in the transaction in which it happens. Without a channel that listens to
 * it, this is one small statement.
 * @param afterChangeId for `removals`: the last change of the run before them
 */
export async function recordOutbox(
  manager: EntityManager,
  run: MemberSyncRun,
  kind: OutboxKind,
  afterChangeId = 0,
): Promise<void> {
  const { id: runId, integrationId } = run;
  if (!(await isListened(manager, integrationId, possibleEvents(run)))) return;
  await manager.insert(OutboxEntry, {
    ...{ integrationId, runId, kind, afterChangeId },
    untilChangeId: await lastChangeOf(manager, runId),
    happenedAt: new Date(),
  });
}

/** The id of a run's last change; 0 without any. */
export const lastChangeOf = async (manager: EntityManager, runId: number): Promise<number> =>
  (await manager.maximum(MemberChange, 'id', { runId })) ?? 0;

async function isListened(
  manager: EntityManager,
  integrationId: number,
  events: ReadonlySet<string>,
): Promise<boolean> {
  if (events.size === 0) return false;
  const channels = await manager
    .createQueryBuilder(NotificationChannel, 'channel')
    .innerJoin(GithubIntegration, 'integration', 'integration.team_id = channel.team_id')
    .select(['channel.id', 'channel.events', 'channel.integrationIds'])
    .where({ disabledAt: IsNull() })
    .andWhere('integration.id = :integrationId', { integrationId })
    .getMany();
  return channels.some(
    (channel) =>
      listensTo(channel, integrationId) && channel.events.some((event) => events.has(event)),
  );
}
