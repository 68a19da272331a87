/** Methods that change nothing. */
export const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
