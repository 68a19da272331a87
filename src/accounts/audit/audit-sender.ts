import { WorkLocal } from '../../platform/observability/work-local.js';
import type { ActorKind } from './audit-entry.entity.js';

/** Who acts, from where. */
export interface AuditSender {
  kind: ActorKind;
  name: string;
  /** The team for which they act, if it is known. */
  teamId?: number;
  address: string | null;
}

/** Timers and jobs act for nobody. */
const SERVER: AuditSender = { kind: 'server', name: 'rollcall', address: null };

const senders = new WorkLocal<AuditSender>();

/** Everything that `work` does is recorded as done by this sender. The sender may be changed while it runs. */
export const asSender = <T>(sender: AuditSender, work: () => T): T => senders.run(sender, work);

/** Names the sender of the current work; does nothing outside of `asSender`. */
export function nameSender(known: Partial<AuditSender>): void {
  Object.assign(senders.get() ?? {}, known);
}

export const currentSender = (): AuditSender => senders.get() ?? SERVER;
