export type Resource = 'core' | 'graphql';

export interface Bucket {
  readonly limit: number;
  used: number;
  /** Seconds since 1970, UTC. */
  reset: number;
}

const HOUR = 3600;
const LIMITS = { user: 5000, anonymous: 60 } as const;

/** The points that each user has left this hour: REST and GraphQL apart, all tokens of a user together. */
export class RateLimits {
  private readonly buckets = new Map<string, Bucket>();

  /** @param userId null for callers without a token, who share one bucket and have no GraphQL */
  bucket(userId: number | null, resource: Resource): Bucket {
    const key = `${userId} ${resource}`;
    const kept = this.buckets.get(key);
    if (kept && kept.reset > nowInSeconds()) return kept;
    const bucket = { limit: limitOf(userId, resource), used: 0, reset: nowInSeconds() + HOUR };
    this.buckets.set(key, bucket);
    return bucket;
  }

  set(userId: number | null, resource: Resource, remaining: number, resetInSeconds: number): void {
    const bucket = this.bucket(userId, resource);
    bucket.used = Math.max(0, bucket.limit - remaining);
    bucket.reset = nowInSeconds() + resetInSeconds;
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

function limitOf(userId: number | null, resource: Resource): number {
  if (userId !== null) return LIMITS.user;
  return resource === 'core' ? LIMITS.anonymous : 0;
}

function nowInSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
