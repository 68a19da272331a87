import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/**
 * Makes V8 collect garbage now. By itself it first does so when the old generation has some 200 MiB, in use or not.
 * Call it after work that made much garbage.
 */
export const collectGarbage = runInNewContext('gc') as () => void;
