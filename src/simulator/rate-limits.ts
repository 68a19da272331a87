import type { Clock } from './clock.js';

export type Resource = 'core' | 'graphql';

/** Whose points are counted: those of a user, whichever token is used, or of an App's installation. */
export interface Payer {
  /** As GitHub's refusals call it. */
  readonly name: string;
  readonly hourly: Readonly<Record<Resource, number>>;
}

export interface Bucket {
  readonly limit: number;
  used: number;
  /** Seconds since 1970, UTC. */
  reset: number;
}

const HOUR = 3600;

/** The points that each payer has left this hour, REST and GraphQL apart. */
export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly clock: Clock) {}

  bucket({ name, hourly }: Payer, resource: Resource): Bucket {
    const key = `${name} ${resource}`;
    const now = this.clock.nowInSeconds();
    const kept = this.buckets.get(key);
    if (kept && kept.reset > now) return kept;
    const bucket = { limit: hourly[resource], used: 0, reset: now + HOUR };
    this.buckets.set(key, bucket);
    return bucket;
  }

  set(payer: Payer, resource: Resource, remaining: number, resetInSeconds: number): void {
    const bucket = this.bucket(payer, resource);
    bucket.used = Math.max(0, bucket.limit - remaining);
    bucket.reset = this.clock.nowInSeconds() + resetInSeconds;
  }
}

export function remainingOf(bucket: Bucket): number {
  return Math.max(0, bucket.limit - bucket.used);
}

export function rateLimitHeaders(bucket: Bucket, resource: Resource): Record<string, string> {
  return {
    'x-ratelimit-limit': String(bucket.limit),
    'x-ratelimit-remaining': String(remainingOf(bucket)),
    'x-ratelimit-used': String(bucket.used),
    'x-ratelimit-reset': String(bucket.reset),
    'x-ratelimit-resource': resource,
  };
}
