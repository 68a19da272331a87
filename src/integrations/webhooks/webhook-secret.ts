/** Bound to the address, so that a row copied to another address cannot be decrypted. */
export const webhookContext = (urlKey: string): string => `webhook:${urlKey}`;
