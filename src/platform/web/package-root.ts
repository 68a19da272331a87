import { fileURLToPath } from 'node:url';

/** A path in the package. It is the same from src and dist, which are equally deep. */
export const inPackage = (path: string): string =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url));
