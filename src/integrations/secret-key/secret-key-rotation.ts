import { Injectable } from '@nestjs/common';
import { DataSource, type EntityTarget, MoreThan, type ObjectLiteral } from 'typeorm';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { SsoSession } from '../../accounts/single-sign-on/sso-session.entity.js';
import { refreshTokenContext } from '../../accounts/single-sign-on/sso-sessions.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { Credential } from '../connections/credential.entity.js';
import { credentialContext } from '../connections/credential-secret.js';
import { channelContext, NotificationChannel } from '../outbox/notification-channel.entity.js';
import { Webhook } from '../webhooks/webhook.entity.js';
import { webhookContext } from '../webhooks/webhook-secret.js';
import { keepSecretKey } from './check-secret-key.js';

/** A column that holds sealed text. */
interface SealedColumn {
  entity: EntityTarget<ObjectLiteral>;
  key: string;
  column: string;
  context: (row: ObjectLiteral) => string;
}

const SEALED: SealedColumn[] = [
  {
    entity: Credential,
    ...{ key: 'id', column: 'sealedSecret' },
    context: ({ teamId }) => credentialContext(teamId),
  },
  {
    entity: SsoSession,
    ...{ key: 'idHash', column: 'sealedRefreshToken' },
    context: ({ idHash }) => refreshTokenContext(idHash),
  },
  ...['sealedSecret', 'sealedPreviousSecrets'].map((column) => ({
    entity: Webhook,
    ...{ key: 'id', column },
    context: ({ urlKey }: ObjectLiteral) => webhookContext(urlKey),
  })),
  ...['sealedAddress', 'sealedSecret', 'sealedPreviousSecret'].map((column) => ({
    entity: NotificationChannel,
    ...{ key: 'id', column },
    context: ({ teamId }: ObjectLiteral) => channelContext(teamId),
  })),
];

/** How many rows are read at once. */
const BATCH = 500;

export interface Rotated {
  /** Secrets that are encrypted with the new key now. */
  rotated: number;
  /** Secrets that neither key opens. They stay as they are. */
  unreadable: number;
}

/** Encrypts all stored secrets with the secret key, while servers that know both keys go on. */
@Injectable()
export class SecretKeyRotation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: Secrets,
  ) {}

  async rotate(): Promise<Rotated> {
    const done: Rotated = { rotated: 0, unreadable: 0 };
    for (const sealed of SEALED) await this.rotateColumn(sealed, done);
    await inTransaction(this.dataSource, async (manager) => {
      await keepSecretKey(manager, this.secrets);
      await recordAudit(manager, {
        ...{ teamId: null, action: 'secret_key.rotate', subject: 'SECRET_KEY' },
        after: { ...done },
      });
    });
    return done;
  }

  private async rotateColumn(sealed: SealedColumn, done: Rotated): Promise<void> {
    const { entity, key } = sealed;
    let after: unknown;
    for (;;) {
      const rows = await this.dataSource.manager.find(entity, {
        where: after === undefined ? {} : { [key]: MoreThan(after) },
        order: { [key]: 'ASC' },
        take: BATCH,
      });
      for (const row of rows) await this.rotateRow(sealed, row, done);
      if (rows.length < BATCH) return;
      after = rows.at(-1)?.[key];
    }
  }

  private async rotateRow(
    { entity, key, column, context }: SealedColumn,
    row: ObjectLiteral,
    done: Rotated,
  ): Promise<void> {
    const old: string | null = row[column];
    if (!old || this.secrets.isCurrent(old, context(row))) return;
    const plain = this.secrets.tryOpen(old, context(row));
    if (plain === undefined) {
      done.unreadable++;
      return;
    }
    // Somebody may have replaced the secret meanwhile; then it is sealed with the new key already.
    const unchanged = { [key]: row[key], [column]: old };
    const renewed = { [column]: this.secrets.seal(plain, context(row)) };
    const { affected } = await this.dataSource.manager.update(entity, unchanged, renewed);
    done.rotated += affected ?? 0;
  }
}
