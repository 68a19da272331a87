import { PublicError } from '../../platform/public-error.js';

/** The most channels of one team. */
export const MAX_CHANNELS = 20;

/** The most recipients of one email channel. */
export const MAX_RECIPIENTS = 20;

export const channelNotFound = () =>
  new PublicError(
    404,
    'channel_not_found',
    'Your team does not have this notification channel.',
    'Choose one from the list. It may already be deleted.',
  );

export const deliveryNotFound = () =>
  new PublicError(
    404,
    'delivery_not_found',
    'Your team does not have this delivery.',
    'Choose one from the list of its channel. Deliveries are kept for 30 days.',
  );

export const tooManyChannels = () =>
  new PublicError(
    409,
    'too_many_channels',
    `A team has at most ${MAX_CHANNELS} notification channels.`,
    'Delete a channel that nobody needs, or change one.',
  );

export const channelWithoutSecret = () =>
  new PublicError(
    409,
    'channel_without_secret',
    'Only a webhook has a secret.',
    'Of Slack, make a new incoming webhook, and enter its address.',
  );

export const channelOff = () =>
  new PublicError(
    409,
    'channel_off',
    'The notification channel is switched off.',
    'Switch it on first.',
  );

export const emailNotSetUp = () =>
  new PublicError(
    409,
    'email_not_set_up',
    'This server cannot send email.',
    'Ask the operator to set SMTP_URL and MAIL_FROM.',
  );

export const destinationInvalid = () =>
  new PublicError(
    422,
    'channel_destination_invalid',
    'The channel does not say where to send, or in the way of another kind.',
    'Give recipients for email, and an address for any other kind.',
  );

export const recipientsInvalid = () =>
  new PublicError(
    422,
    'channel_recipients_invalid',
    'The recipients of the channel are not valid.',
    `Enter 1 to ${MAX_RECIPIENTS} email addresses like ada@example.com.`,
  );

export const digestInvalid = () =>
  new PublicError(
    422,
    'channel_digest_invalid',
    'The digest of the channel is not valid.',
    'Choose immediately, hourly, or daily with a time such as 08:00 and a time zone such as Europe/Berlin. A webhook is always told immediately.',
  );

export const nameInvalid = () =>
  new PublicError(
    422,
    'channel_name_invalid',
    'The name of the channel is not valid.',
    'Use 1 to 100 characters on one line.',
  );

export const eventsInvalid = () =>
  new PublicError(
    422,
    'channel_events_invalid',
    'The events of the channel are not valid.',
    'Choose at least one of the known events.',
  );

export const integrationsInvalid = () =>
  new PublicError(
    422,
    'channel_integrations_invalid',
    'The organizations of the channel are not valid.',
    'Choose at least one organization of the team, or all.',
  );
