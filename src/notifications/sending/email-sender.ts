import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { MailConfig } from '../../config/mail-config.js';
import { withTimeout } from '../../github/http/with-timeout.js';
import type { NotificationChannel } from '../../integrations/outbox/notification-channel.entity.js';
import type { DigestBody, MessageBody } from '../messages/message-body.js';
import { type Attempt, keptAnswer, notTried, type Outcome, timed } from './attempt.js';
import { emailText } from './email-text.js';
import { mailFailure, type Refusal, refused } from './mail-failure.js';
import { mailTransport } from './mail-transport.js';

/** What is sent by email of a message. */
export interface SentEmail {
  messageId: string;
  body: string;
  /** The recipients for whom a try before was accepted. They are not sent it again. */
  reached?: string[] | null;
}

/** Sends messages by email. */
@Injectable()
export class EmailSender implements OnModuleDestroy {
  private readonly closing = new AbortController();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  onModuleDestroy(): void {
    this.closing.abort();
  }

  /** Never fails; the attempt says what happened. Undefined where it was cut off because this process stops. */
  async send(channel: NotificationChannel, sent: SentEmail): Promise<Attempt | undefined> {
    const { mail, notifications } = this.config;
    if (!mail) return notTried('This server cannot send email: SMTP_URL is not set.');
    const all = channel.recipients ?? [];
    const reached = all.filter((one) => sent.reached?.includes(one));
    const left = all.filter((one) => !reached.includes(one));
    const outcome = this.ask(mail, { ...mailOf(mail, channel, sent), left }).catch(
      (error: unknown) => mailFailure(error, all.length, notifications.timeoutSeconds),
    );
    const attempt = await timed(outcome, this.closing.signal);
    return attempt && { ...attempt, reached: [...reached, ...(attempt.reached ?? [])] };
  }

  private async ask(
    mail: MailConfig,
    { left, ...content }: ReturnType<typeof mailOf> & { left: string[] },
  ): Promise<Outcome> {
    const timeoutMs = this.config.notifications.timeoutSeconds * 1_000;
    const envelope = { from: mail.from.address, to: left };
    const { response, rejectedErrors = [] } = await withTimeout(
      timeoutMs,
      this.closing.signal,
      (signal) => mailTransport(mail, timeoutMs).sendMail({ ...content, envelope, signal }),
    );
    const refusals: Refusal[] = rejectedErrors;
    const reached = left.filter((one) => !refusals.some(({ recipient }) => recipient === one));
    if (refusals.length > 0) return { ...refused(refusals, content.to.length), reached };
    const status = Number.parseInt(response, 10) || null;
    return { isDelivered: true, status, answer: keptAnswer(response), error: null, reached };
  }
}

/** The same at each try, with the same id: mail programs show one that comes twice once. */
function mailOf(
  { from }: MailConfig,
  channel: NotificationChannel,
  { messageId, body }: SentEmail,
) {
  const domain = from.address.split('@').at(-1) ?? '';
  return {
    ...emailText(JSON.parse(body) as MessageBody | DigestBody),
    ...{ from, to: channel.recipients ?? [], messageId: `<${messageId}@${domain}>` },
    headers: {
      'Auto-Submitted': 'auto-generated',
      'List-Id': `<notifications-${channel.id}.${domain}>`,
    },
  };
}
