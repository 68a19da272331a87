import type { Request } from 'express';

/** Whether a request is one to the API, which takes tokens and no sessions. Express finds its routes in any case of the letters. */
export const isApi = ({ path }: Request): boolean => /^\/api(\/|$)/i.test(path);

/** Methods that change nothing. */
export const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
