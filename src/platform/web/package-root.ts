import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A path in the package. It is the same from src and dist, which are equally deep. */
export const inPackage = (path: string): string =>
  fileURLToPath(new URL(`../../../${path}`, import.meta.url));

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(inPackage('package.json'), 'utf8')) as { version: string }).version;
