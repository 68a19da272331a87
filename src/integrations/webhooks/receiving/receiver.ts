import type { Webhook } from '../webhook.entity.js';
import type { AcceptedSecret } from '../webhook-secret.js';

/** The columns of a webhook and of its integration that a delivery is checked against. */
export type ReceiverRow = Pick<
  Webhook,
  'id' | 'integrationId' | 'urlKey' | 'sealedSecret' | 'sealedPreviousSecrets'
> & { organizationId: number | null };

/** What a delivery is checked against. */
export class Receiver {
  private opened: AcceptedSecret[] | undefined;

  /** @param open opens its secrets, which takes a while: it is called at first use */
  constructor(
    private readonly row: ReceiverRow,
    private readonly open: () => AcceptedSecret[],
  ) {}

  get webhookId(): number {
    return this.row.id;
  }

  /** The organization that deliveries must be about, and the integration that they concern; null for the GitHub App. */
  get integration(): { id: number; organizationId: number } | null {
    const { integrationId: id, organizationId } = this.row;
    return id === null || organizationId === null ? null : { id, organizationId };
  }

  /** The secrets that are accepted now, the newest first. */
  get secrets(): string[] {
    this.opened ??= this.open();
    return this.opened.filter(({ until }) => until > Date.now()).map(({ secret }) => secret);
  }
}
