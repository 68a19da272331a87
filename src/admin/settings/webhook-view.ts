import { webAddress } from '../../github/errors/web-address.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { MISSED_DAYS, type ShownWebhook } from '../../integrations/webhooks/webhook-status.js';

/** What GitHub calls the events that are used, on the page where a webhook is made. */
const EVENTS = ['Organizations', 'Memberships', 'Collaborator add, remove, or changed'];

/** An address of this machine, which GitHub cannot call. */
const LOCAL = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** The section of an integration's webhook. @param secret one that was just made, to be shown once */
export function webhookView(
  { apiUrl, organizationLogin }: GithubIntegration,
  webhook: ShownWebhook,
  secret?: string,
) {
  const { lastDeliveryAt, lastPingAt, accepted, ignored, refused, missed } = webhook;
  return {
    ...{
      url: webhook.url,
      isOfApp: webhook.isOfApp,
      isMade: webhook.isMade,
      secret,
      events: EVENTS,
    },
    // What has told something can reach it.
    isLocal: !lastDeliveryAt && LOCAL.test(new URL(webhook.url).hostname),
    hooks: `${webAddress(apiUrl)}/organizations/${organizationLogin}/settings/hooks`,
    lastDeliveryAt: lastDeliveryAt?.toISOString(),
    lastEvent: webhook.lastEvent,
    lastPingAt: lastPingAt?.toISOString(),
    ...{ accepted, ignored, refused, missed, missedDays: MISSED_DAYS },
  };
}
