import { PublicError } from '../../platform/public-error.js';

export const webhookNotFound = () =>
  new PublicError(
    404,
    'webhook_not_found',
    'There is no webhook at this address.',
    'Copy the address from the settings of the integration. It ends when the organization is disconnected.',
  );

export const signatureMissing = () =>
  new PublicError(
    401,
    'webhook_signature_missing',
    'The delivery has no X-Hub-Signature-256.',
    'Enter the secret from the settings of the integration in the settings of the webhook at GitHub.',
  );

export const signatureWrong = () =>
  new PublicError(
    401,
    'webhook_signature_wrong',
    'The signature does not fit the delivery: it was signed with another secret, or it was changed on its way.',
    'Show a new secret in the settings of the integration and enter it at GitHub. For a GitHub App, compare GITHUB_WEBHOOK_SECRET.',
  );

export const deliveryTooLarge = () =>
  new PublicError(
    413,
    'webhook_too_large',
    'The delivery is larger than 25 MiB.',
    'GitHub sends none that is larger. Check who sends it.',
  );

export const deliveryTooSlow = () =>
  new PublicError(
    408,
    'webhook_too_slow',
    'The delivery did not arrive within 10 s.',
    'Send it again. If it fails again, check the network and the proxy before Rollcall.',
  );

export const deliveryTypeUnsupported = () =>
  new PublicError(
    415,
    'webhook_type_unsupported',
    'The delivery is neither JSON nor a form, or it is compressed.',
    'Choose the content type application/json at GitHub.',
  );

export const deliveryUnreadable = (what: string) =>
  new PublicError(
    400,
    'webhook_unreadable',
    `The delivery cannot be read: ${what}.`,
    'Send it again from “Recent Deliveries” at GitHub. Check whether a proxy before Rollcall changes it.',
  );

export const secretOfApp = () =>
  new PublicError(
    409,
    'webhook_secret_of_app',
    'The GitHub App has one webhook for all of its installations. Its secret is GITHUB_WEBHOOK_SECRET.',
    'Ask the operator to change it at GitHub and in GITHUB_WEBHOOK_SECRET.',
  );

/** Answered with `Retry-After`. */
export const deliveriesBusy = (cause?: unknown) =>
  new PublicError(
    503,
    'webhook_busy',
    'Rollcall cannot take the delivery now. Nothing of it was stored.',
    'Send it again later. GitHub keeps it among the failed deliveries for three days.',
    { cause },
  );

export const appWebhookOff = () =>
  new PublicError(
    404,
    'webhook_not_found',
    'This Rollcall has no webhook for a GitHub App.',
    'Set GITHUB_WEBHOOK_SECRET, or use the address from the settings of an integration.',
  );
