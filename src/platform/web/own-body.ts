const OWN_BODY = /^\/webhooks(\/|$)/i;

/** Whether a route reads its body itself, byte by byte, because a signature is over the bytes. */
export const readsOwnBody = (path: string): boolean => OWN_BODY.test(path);
