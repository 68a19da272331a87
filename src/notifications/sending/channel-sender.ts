import { Injectable } from '@nestjs/common';
import {
  type ChannelKind,
  channelContext,
  type NotificationChannel,
} from '../../integrations/outbox/notification-channel.entity.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { signingSecrets } from '../channels/channel-secrets.js';
import type { MessageBody } from '../messages/message-body.js';
import type { NotificationMessage } from '../messages/notification-message.entity.js';
import { type Attempt, type Content, OutboundPost } from './outbound-post.js';
import { signedHeaders } from './signature.js';
import { slackText } from './slack-text.js';

/** What is sent of a message. */
export type Sent = Pick<NotificationMessage, 'messageId' | 'body'>;

/** Sends messages to channels, as each kind wants them. */
@Injectable()
export class ChannelSender {
  private readonly contents: Record<
    ChannelKind,
    (channel: NotificationChannel, message: Sent) => Content
  > = {
    webhook: (channel, { messageId, body }) => {
      const now = new Date();
      const secrets = signingSecrets(this.secrets, channel, now);
      return { headers: signedHeaders(secrets, messageId, body, now), body };
    },
    slack: (_, { body }) => ({
      headers: {},
      body: JSON.stringify({ text: slackText(JSON.parse(body) as MessageBody) }),
    }),
  };

  constructor(
    private readonly secrets: Secrets,
    private readonly outbound: OutboundPost,
  ) {}

  /** As `OutboundPost.send`. */
  async send(channel: NotificationChannel, message: Sent): Promise<Attempt | undefined> {
    const { kind, teamId, sealedAddress } = channel;
    const address = this.secrets.tryOpen(sealedAddress, channelContext(teamId));
    if (address === undefined) return unreadable();
    return this.outbound.send(address, this.contents[kind](channel, message));
  }
}

const unreadable = (): Attempt => ({
  ...{ isDelivered: false, status: null, answer: null, ms: 0 },
  error:
    'The stored address cannot be decrypted, because SECRET_KEY has changed. Enter the address again.',
});
