type ContentType = 'json' | 'form';

export interface HookConfig {
  readonly url: string;
  readonly contentType: ContentType;
  readonly secret?: string;
}

export interface HookDetails {
  readonly config: HookConfig;
  readonly events: readonly string[];
  readonly active: boolean;
}

/** One attempt to deliver an event. */
export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  /** JSON. */
  readonly payload: string;
  readonly redelivery: boolean;
  /** Milliseconds since 1970, UTC. */
  readonly deliveredAt: number;
  /** In seconds. */
  readonly duration: number;
  readonly status: string;
  readonly statusCode: number;
}

/** GitHub shows deliveries of so many days. */
const DAYS_SHOWN = 3;

/** Older deliveries are forgotten, so that a long demo does not fill the memory. */
const MOST_DELIVERIES = 10_000;

/** Sent to every hook, whatever it subscribed to. */
const ALWAYS_SENT: ReadonlySet<string> = new Set([
  'ping',
  'installation',
  'github_app_authorization',
]);

/** Where an organization or a GitHub App wants to be told of events. */
export class SimHook {
  config: HookConfig;
  events: readonly string[];
  active: boolean;
  /** Milliseconds since 1970, UTC. */
  updatedAt: number;
  private deliveries: Delivery[] = [];

  constructor(
    readonly id: number,
    readonly target: { readonly type: 'organization' | 'integration'; readonly id: number },
    { config, events, active }: HookDetails,
    readonly createdAt: number,
  ) {
    this.config = config;
    this.events = events;
    this.active = active;
    this.updatedAt = createdAt;
  }

  wants(event: string): boolean {
    if (!this.active) return false;
    return ALWAYS_SENT.has(event) || this.events.some((one) => one === '*' || one === event);
  }

  record(delivery: Delivery): void {
    this.deliveries.push(delivery);
    if (this.deliveries.length > MOST_DELIVERIES * 1.1) {
      this.deliveries = this.deliveries.slice(-MOST_DELIVERIES);
    }
  }

  /** Newest first. @param now milliseconds since 1970, UTC */
  shown(now: number): Delivery[] {
    const since = now - DAYS_SHOWN * 86_400_000;
    return this.deliveries.filter(({ deliveredAt }) => deliveredAt >= since).reverse();
  }
}

export function isSuccess({ statusCode }: Pick<Delivery, 'statusCode'>): boolean {
  return statusCode >= 200 && statusCode < 400;
}
