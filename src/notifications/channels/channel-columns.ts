import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import {
  type ChannelKind,
  channelContext,
  type NotificationChannel,
} from '../../integrations/outbox/notification-channel.entity.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { checkAddress } from './channel-address.js';
import { checkDestination, checkedRecipients } from './channel-destination.js';
import { checkedDigest } from './channel-digest.js';
import { emailNotSetUp } from './channel-failures.js';
import {
  type ChannelPatch,
  type ChannelSettings,
  checkedEvents,
  checkedIntegrations,
  checkedName,
} from './channel-settings.js';

/** Checks what people choose of a channel, and makes columns of it. */
@Injectable()
export class ChannelColumns {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws PublicError as `ofPatch`; 409 `email_not_set_up` */
  ofNew(teamId: number, { kind, ...settings }: ChannelSettings) {
    if (kind === 'email' && !this.config.mail) throw emailNotSetUp();
    checkDestination(kind, settings, { isNew: true });
    return this.checked(teamId, kind, settings);
  }

  /**
   * Without what stays as it is.
   * @throws PublicError 422: `channel_name_invalid`, `channel_destination_invalid`, `channel_address_invalid`,
   *   `channel_address_not_allowed`, `channel_recipients_invalid`, `channel_events_invalid`, `channel_integrations_invalid`,
   *   `channel_digest_invalid`
   */
  ofPatch({ teamId, kind }: Pick<NotificationChannel, 'teamId' | 'kind'>, patch: ChannelPatch) {
    checkDestination(kind, patch, { isNew: false });
    return this.checked(teamId, kind, patch);
  }

  private async checked(
    teamId: number,
    kind: ChannelKind,
    { name, address, recipients, events, integrationIds, ...digest }: Partial<ChannelSettings>,
  ) {
    const known = integrationIds ? await this.integrations.list(teamId) : [];
    const ids = known.map(({ id }) => id);
    return {
      ...(name !== undefined && { name: checkedName(name) }),
      ...(address !== undefined && this.sealed(teamId, address)),
      ...(recipients && {
        ...{ recipients: checkedRecipients(recipients), host: '' },
        sealedAddress: this.secrets.seal('', channelContext(teamId)),
      }),
      ...(events && { events: checkedEvents(events) }),
      ...(integrationIds !== undefined && {
        integrationIds: checkedIntegrations(integrationIds, ids),
      }),
      ...checkedDigest(kind, digest),
    };
  }

  private sealed(teamId: number, address: string) {
    const url = checkAddress(address.trim(), this.config.github.allowPrivateApiUrls);
    return {
      sealedAddress: this.secrets.seal(url.href, channelContext(teamId)),
      host: url.host,
    };
  }
}
