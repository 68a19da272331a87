import type { KnownPart } from '../../integrations/parts/integration-parts.js';

/** What is said of corporate identities that are not all known; undefined where they are. */
export const identityNotice = ({ state, needs, asOf }: KnownPart) =>
  state === 'complete' ? undefined : { needs, asOf: asOf?.toISOString() };
