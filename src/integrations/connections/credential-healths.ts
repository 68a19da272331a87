import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { CredentialVisibility } from '../../github/access/credential-visibility.js';
import { batched, byKey } from '../../platform/database/batched.js';
import { Credential } from './credential.entity.js';
import { type CredentialHealth, healthOf } from './credential-health.js';
import type { GithubIntegration } from './github-integration.entity.js';

/** What is shown of a credential; never its secret. */
export type KnownCredential = Pick<Credential, 'kind' | 'updatedAt'> & CredentialHealth;

const KNOWN = {
  id: true,
  kind: true,
  expiresAt: true,
  sees: true,
  checkedAt: true,
  updatedAt: true,
} as const;

/** Stores when credentials expire, and what they see. */
@Injectable()
export class CredentialHealths {
  private readonly byId = batched(async (ids: number[]) => {
    const where = { id: In(ids) };
    const found = await this.dataSource.manager.find(Credential, { select: KNOWN, where });
    return byKey(found, ({ id }) => id);
  });

  constructor(private readonly dataSource: DataSource) {}

  /** Null if the organization is disconnected. */
  async of({ credentialId, disconnectedAt }: GithubIntegration): Promise<KnownCredential | null> {
    if (disconnectedAt) return null;
    return (await this.byId(credentialId)) ?? null;
  }

  /** Stores nothing if the credential was replaced since: the visibility is the old one's. */
  async note(
    { id, updatedAt, ...known }: Pick<Credential, 'id' | 'updatedAt' | keyof CredentialHealth>,
    visibility: CredentialVisibility,
    againAfterMs = 0,
  ): Promise<void> {
    const health = healthOf(visibility);
    if (isFresh(known, health, againAfterMs)) return;
    await this.dataSource.manager.update(Credential, { id, updatedAt }, health);
  }
}

const isFresh = (
  { checkedAt, expiresAt, sees }: CredentialHealth,
  now: CredentialHealth,
  againAfterMs: number,
): boolean =>
  checkedAt !== null &&
  Date.now() - checkedAt.getTime() < againAfterMs &&
  isDeepStrictEqual([expiresAt, sees], [now.expiresAt, now.sees]);
