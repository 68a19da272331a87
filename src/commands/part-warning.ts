import type { INestApplicationContext } from '@nestjs/common';
import {
  IntegrationParts,
  type KnownPart,
  partOf,
} from '../integrations/parts/integration-parts.js';
import { PART_LABELS, type PartName } from '../integrations/parts/part.js';
import { printError } from '../platform/process/output.js';
import { printable } from '../platform/process/printable.js';
import { localTime } from './local-time.js';

/** Tells on stderr which of these parts are not all known. */
export async function warnOfParts(
  app: INestApplicationContext,
  integrationId: number,
  names: PartName[],
): Promise<void> {
  const parts = await app.get(IntegrationParts).of(integrationId);
  for (const name of names) {
    const warning = warningOf(partOf(parts, name));
    if (warning) printError(warning);
  }
}

/** Undefined where all is known. */
function warningOf({ part, state, needs, asOf }: KnownPart): string | undefined {
  if (state === 'complete') return undefined;
  const known = asOf ? `What is printed was read ${localTime(asOf)}.` : 'They were never read.';
  return printable(`The ${PART_LABELS[part].toLowerCase()} are ${WORDS[state]}: ${needs} ${known}`);
}

const WORDS = { incomplete: 'incomplete', not_visible: 'not visible', failed: 'not read' };
