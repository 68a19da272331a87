import type { Delivery, SimHook } from '../hooks/hook.js';
import { isoSeconds } from '../user.js';

const HIDDEN = '********';

/** `org-hook`. The secret is never shown. @param base what the hook's own addresses begin with */
export function hookBody(hook: SimHook, base: string) {
  const url = `${base}/orgs/${hook.target.id}/hooks/${hook.id}`;
  return {
    type: 'Organization',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: configBody(hook),
    updated_at: isoSeconds(new Date(hook.updatedAt)),
    created_at: isoSeconds(new Date(hook.createdAt)),
    url,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
  };
}

/** `webhook-config`. */
export function configBody({ config: { url, contentType, secret } }: SimHook) {
  const shown = secret === undefined ? {} : { secret: HIDDEN };
  return { content_type: contentType, insecure_ssl: '0', url, ...shown };
}

/** `hook-delivery-item`. */
export function deliveryBody(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: new Date(delivery.deliveredAt).toISOString(),
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installationId,
    repository_id: null,
    throttled_at: null,
  };
}
