import type { Consequence } from './delivery-targets.js';

/** A delivery that was verified and read, and what follows from it. */
export interface Delivery extends Consequence {
  webhookId: number;
  guid: string;
  /** Such as `organization.member_added`. */
  event: string;
  receivedAt: Date;
}
