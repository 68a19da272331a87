import type { PresentedEntry } from '../../accounts/audit/audit-log.js';

/** An entry of the audit log on which evidence rests. Times are ISO 8601, UTC. */
export interface EvidenceEntry extends Pick<PresentedEntry, 'id' | 'actor' | 'action' | 'hash'> {
  at: string;
}
