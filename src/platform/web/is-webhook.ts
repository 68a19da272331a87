const WEBHOOKS = /^\/webhooks(\/|$)/i;

/** Whether a request comes to a webhook: it may be one of thousands in a second. */
export const isWebhook = (path: string): boolean => WEBHOOKS.test(path);
