import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { lockTeam } from '../../accounts/users/lock-team.js';
import { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { auditChannel } from './audit-channel.js';
import { ChannelColumns } from './channel-columns.js';
import { retime } from './channel-digest.js';
import {
  channelNotFound,
  channelWithoutSecret,
  MAX_CHANNELS,
  tooManyChannels,
} from './channel-failures.js';
import { replaceSecret } from './channel-secrets.js';
import type { ChannelPatch, ChannelSettings } from './channel-settings.js';

/** A channel, and its secret where that is new. It is shown once. */
export interface ChannelWithSecret {
  channel: NotificationChannel;
  secret: string | null;
}

/** The channels of a team. */
@Injectable()
export class NotificationChannels {
  constructor(
    private readonly dataSource: DataSource,
    private readonly columns: ChannelColumns,
    private readonly secrets: Secrets,
  ) {}

  /** Oldest first; `after` is the id of the last one on the previous page. */
  list(
    teamId: number,
    { limit = MAX_CHANNELS, after = 0 }: { limit?: number; after?: number | undefined } = {},
  ): Promise<NotificationChannel[]> {
    return this.dataSource.manager.find(NotificationChannel, {
      where: { teamId, id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** @throws PublicError 404 `channel_not_found`, also for another team's channel */
  async get(teamId: number, id: number): Promise<NotificationChannel> {
    const channel = await this.dataSource.manager.findOneBy(NotificationChannel, { id, teamId });
    if (!channel) throw channelNotFound();
    return channel;
  }

  /** @throws PublicError as `ChannelColumns.ofNew`; 409 `too_many_channels` */
  async create(teamId: number, settings: ChannelSettings): Promise<ChannelWithSecret> {
    const { kind } = settings;
    const now = new Date();
    const columns = await this.columns.ofNew(teamId, settings);
    const none = { sealedSecret: null, sealedPreviousSecret: null, previousSecretUntil: null };
    const made =
      kind === 'webhook' ? replaceSecret(this.secrets, { ...none, teamId }, now) : undefined;
    return inTransaction(this.dataSource, async (manager) => {
      await lockTeam(manager, teamId);
      if ((await manager.countBy(NotificationChannel, { teamId })) >= MAX_CHANNELS)
        throw tooManyChannels();
      const row = { ...columns, ...made?.columns, teamId, kind };
      const { id } = await manager.save(NotificationChannel, {
        ...row,
        ...{ createdAt: now, updatedAt: now },
      });
      const channel = await manager.findOneByOrFail(NotificationChannel, { id });
      const after = { kind, ...shown(channel) };
      await auditChannel(manager, id, { action: 'notification_channel.create', after });
      return { channel, secret: made?.secret ?? null };
    });
  }

  /**
   * The old secret also signs for another 24 hours.
   * @throws PublicError as `ChannelColumns.ofPatch`; 404 `channel_not_found`; 409 `channel_without_secret`
   */
  async change(
    { id, teamId, kind }: Pick<NotificationChannel, 'id' | 'teamId' | 'kind'>,
    { rotateSecret = false, ...patch }: ChannelPatch,
  ): Promise<ChannelWithSecret> {
    const now = new Date();
    const columns = await this.columns.ofPatch({ teamId, kind }, patch);
    return inTransaction(this.dataSource, async (manager) => {
      const before = await lockChannel(manager, id);
      if (rotateSecret && kind !== 'webhook') throw channelWithoutSecret();
      const made = rotateSecret ? replaceSecret(this.secrets, before, now) : undefined;
      const row = { ...columns, ...switched(before, patch), ...made?.columns, updatedAt: now };
      await manager.update(NotificationChannel, { id }, row);
      const channel = await manager.findOneByOrFail(NotificationChannel, { id });
      await retime(manager, before, channel, now);
      await auditChange(manager, { before, after: channel, patch });
      if (made) await auditChannel(manager, id, { action: 'notification_channel.secret' });
      return { channel, secret: made?.secret ?? null };
    });
  }

  /** With its deliveries. */
  async remove({ id }: NotificationChannel): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const channel = await manager.findOneBy(NotificationChannel, { id });
      if (!channel) return;
      await manager.delete(NotificationChannel, { id });
      const { teamId, name: subject } = channel;
      const before = { kind: channel.kind, ...shown(channel) };
      const action = 'notification_channel.delete';
      await recordAudit(manager, { teamId, action, subject, before });
    });
  }
}

/** The channel, locked until the transaction ends. */
async function lockChannel(manager: EntityManager, id: number): Promise<NotificationChannel> {
  const select = manager.createQueryBuilder(NotificationChannel, 'channel').where({ id });
  const channel = await forUpdate(select).getOne();
  if (!channel) throw channelNotFound();
  return channel;
}

interface Change {
  before: NotificationChannel;
  after: NotificationChannel;
  patch: ChannelPatch;
}

/** No entry for a patch without properties. */
async function auditChange(manager: EntityManager, { before, after, patch }: Change) {
  if (Object.values(patch).every((value) => value === undefined)) return;
  const addressChanged = patch.address === undefined ? {} : { addressChanged: true };
  await auditChannel(manager, after.id, {
    ...{ action: 'notification_channel.change', before: shown(before) },
    after: { ...shown(after), ...addressChanged },
  });
}

/** What the audit log has of a channel. */
const shown = ({ disabledAt, ...channel }: NotificationChannel) => ({
  ...{ name: channel.name, host: channel.host, recipients: channel.recipients },
  ...{ events: channel.events, integrationIds: channel.integrationIds },
  ...{ digest: channel.digest, digestTime: channel.digestTime, digestZone: channel.digestZone },
  enabled: disabledAt === null,
});

/** To switch it on takes back why it was off. */
function switched({ disabledAt }: NotificationChannel, { enabled }: ChannelPatch) {
  if (enabled === undefined || enabled === (disabledAt === null)) return {};
  return enabled
    ? { disabledAt: null, disabledBecause: null, failingSince: null }
    : { disabledAt: new Date(), disabledBecause: 'by_admin' as const };
}
