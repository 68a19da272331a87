import { fileURLToPath } from 'node:url';

/** The folder of package.json: `src` and `dist` are equally deep. */
export const packageRoot = fileURLToPath(new URL('../../../', import.meta.url));
