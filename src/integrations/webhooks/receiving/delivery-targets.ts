import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type SelectQueryBuilder } from 'typeorm';
import type { Config } from '../../../config/config.js';
import { CONFIG } from '../../../config/config.module.js';
import { batched } from '../../../platform/database/batched.js';
import { Secrets } from '../../../platform/secrets/secrets.js';
import { Credential, type CredentialKind } from '../../connections/credential.entity.js';
import { credentialContext } from '../../connections/credential-secret.js';
import { GithubIntegration } from '../../connections/github-integration.entity.js';
import type { HintSubject } from '../../hints/hint-subject.js';
import { Webhook } from '../webhook.entity.js';
import { Webhooks } from '../webhooks.service.js';
import {
  newsIn,
  type OrganizationNews,
  revokedBy,
  type SignedDelivery,
} from './delivery-events.js';
import type { Receiver } from './receiver.js';

/** An integration that a delivery concerns, and the webhook that counts it. */
export interface Target {
  integrationId: number;
  webhookId: number;
}

/** Who looks again at what. */
export interface Consequence {
  /** Empty where nothing follows from the delivery. */
  targets: Target[];
  subjects: HintSubject[];
}

interface Row {
  integrationId: number;
  organizationId: number;
  /** Null until it is first needed. */
  webhookId: number | null;
  teamId: number;
  sealedSecret: string;
}

const EVERYBODY: HintSubject = { githubId: null };

/** Finds the integrations that a delivery concerns: the receiver's own, or for the GitHub App those of every team. */
@Injectable()
export class DeliveryTargets {
  private readonly installed = batched(async (organizationIds: number[]) => {
    const rows = await this.connected('installation')
      .andWhere('integration.organization_id IN (:...organizationIds)', { organizationIds })
      .getRawMany<Row>();
    const idsOf = (id: number) => rows.filter((row) => Number(row.organizationId) === id);
    return new Map(organizationIds.map((id) => [id, idsOf(id)]));
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly secrets: Secrets,
    private readonly webhooks: Webhooks,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async of(receiver: Receiver, signed: SignedDelivery): Promise<Consequence> {
    const { integration, webhookId } = receiver;
    const news = newsIn(signed);
    if (integration) {
      const isMeant = news?.organizationId === integration.organizationId;
      const targets = isMeant ? [{ integrationId: integration.id, webhookId }] : [];
      return { targets, subjects: news?.subjects ?? [] };
    }
    if (news) return { targets: await this.ofInstallation(news), subjects: news.subjects };
    const owner = revokedBy(signed);
    const targets = owner === undefined ? [] : await this.ofOwner(owner);
    return { targets, subjects: [EVERYBODY] };
  }

  /** Those that use this installation for this organization. */
  private async ofInstallation({
    organizationId,
    installationId,
  }: OrganizationNews): Promise<Target[]> {
    if (organizationId === undefined || installationId === undefined) return [];
    const rows = (await this.installed(organizationId)) ?? [];
    const secretOf = ({ sealedSecret, teamId }: Row) =>
      this.secrets.tryOpen(sealedSecret, credentialContext(teamId));
    return this.targets(rows.filter((row) => secretOf(row) === String(installationId)));
  }

  /** Those that sync with a token that this person gave; also those of whose tokens nobody knows the owner. */
  private async ofOwner(ownerId: number): Promise<Target[]> {
    const rows = await this.connected('oauth')
      .andWhere('(credential.owner_id = :ownerId OR credential.owner_id IS NULL)', { ownerId })
      .getRawMany<Row>();
    return this.targets(rows);
  }

  private targets(rows: Row[]): Promise<Target[]> {
    return Promise.all(
      rows.map(async ({ integrationId, webhookId }) => ({
        integrationId,
        webhookId: webhookId ?? (await this.webhooks.of(integrationId)).id,
      })),
    );
  }

  /** The App is one of the configured server alone. */
  private connected(kind: CredentialKind): SelectQueryBuilder<GithubIntegration> {
    return this.dataSource
      .createQueryBuilder(GithubIntegration, 'integration')
      .innerJoin(Credential, 'credential', 'credential.id = integration.credential_id')
      .leftJoin(Webhook, 'webhook', 'webhook.integration_id = integration.id')
      .select('integration.id', 'integrationId')
      .addSelect('integration.organization_id', 'organizationId')
      .addSelect('webhook.id', 'webhookId')
      .addSelect('credential.team_id', 'teamId')
      .addSelect('credential.sealed_secret', 'sealedSecret')
      .where('integration.api_url = :apiUrl AND integration.disconnected_at IS NULL', {
        apiUrl: this.config.github.apiUrl,
      })
      .andWhere('credential.kind = :kind', { kind });
  }
}
