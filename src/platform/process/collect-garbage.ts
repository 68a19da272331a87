import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/**
 * Has V8 look for garbage now. By itself it first looks when the old part of its heap holds some 200 MiB, whatever of that is
 * still in use: what has made a lot of garbage, and knows that it has, does well to say so.
 */
export const collectGarbage = runInNewContext('gc') as () => void;
