import { fileURLToPath } from 'node:url';

/** A path in the package: the same from src and from dist, which are equally deep. */
export const inPackage = (path: string): string =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url));
