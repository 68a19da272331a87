import type { Request } from 'express';

/** Whether a request is for the API, which takes tokens and no sessions. Express ignores the case of paths. */
export const isApi = ({ path }: Request): boolean => /^\/api(\/|$)/i.test(path);

/** Methods that change nothing. */
export const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
