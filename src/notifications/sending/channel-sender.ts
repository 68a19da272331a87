import { Injectable } from '@nestjs/common';
import {
  type ChannelKind,
  channelContext,
  type NotificationChannel,
} from '../../integrations/outbox/notification-channel.entity.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { signingSecrets } from '../channels/channel-secrets.js';
import type { DigestBody, MessageBody } from '../messages/message-body.js';
import { type Attempt, notTried } from './attempt.js';
import { EmailSender, type SentEmail } from './email-sender.js';
import { type Content, OutboundPost } from './outbound-post.js';
import { signedHeaders } from './signature.js';
import { slackText } from './slack-text.js';

/** Sends messages to channels, as each kind wants them. */
@Injectable()
export class ChannelSender {
  private readonly contents: Record<
    Exclude<ChannelKind, 'email'>,
    (channel: NotificationChannel, message: SentEmail) => Content
  > = {
    webhook: (channel, { messageId, body }) => {
      const now = new Date();
      const secrets = signingSecrets(this.secrets, channel, now);
      return { headers: signedHeaders(secrets, messageId, body, now), body };
    },
    slack: (_, { body }) => ({
      headers: {},
      body: JSON.stringify({ text: slackText(JSON.parse(body) as MessageBody | DigestBody) }),
    }),
  };

  constructor(
    private readonly secrets: Secrets,
    private readonly outbound: OutboundPost,
    private readonly email: EmailSender,
  ) {}

  /** As `OutboundPost.send`. */
  async send(channel: NotificationChannel, message: SentEmail): Promise<Attempt | undefined> {
    const { kind, teamId, sealedAddress } = channel;
    if (kind === 'email') return this.email.send(channel, message);
    const address = this.secrets.tryOpen(sealedAddress, channelContext(teamId));
    if (address === undefined) return notTried(UNREADABLE);
    return this.outbound.send(address, this.contents[kind](channel, message));
  }
}

const UNREADABLE =
  'The stored address cannot be decrypted, because SECRET_KEY has changed. Enter the address again.';
