import { type KnownPart, partOf } from '../integrations/parts/integration-parts.js';
import type { PartName } from '../integrations/parts/part.js';
import { printable } from '../platform/process/printable.js';
import { localTime } from './local-time.js';

/** The line for a part that is not all known; undefined where it is. */
export function partWarning(parts: KnownPart[], name: PartName): string | undefined {
  const part = partOf(parts, name);
  if (part.state === 'complete') return undefined;
  const { state, needs, asOf } = part;
  const known = asOf ? `What is printed was read ${localTime(asOf)}.` : 'They were never read.';
  return printable(`The ${NAMES[name] ?? name} are ${WORDS[state]}: ${needs} ${known}`);
}

const NAMES: Partial<Record<PartName, string>> = { outsideCollaborators: 'outside collaborators' };

const WORDS = { incomplete: 'incomplete', not_visible: 'not visible', failed: 'not read' };
