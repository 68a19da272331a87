import { GithubFailure } from './github-failure.js';

type Limit = 'rate_limited' | 'secondary_limited';

const WORDS: Record<Limit, string> = {
  rate_limited: 'The credential has used its share of the hourly GitHub rate limit.',
  secondary_limited: 'GitHub temporarily limits requests with this credential.',
};

/** GitHub or our own budget for its limits allows no more requests for a while. */
export class LimitReached extends GithubFailure {
  /**
   * @param code `rate_limited` for the hourly limit, `secondary_limited` for concurrent requests and points per minute
   * @param resumesIn in ms
   */
  constructor(
    code: Limit,
    readonly resumesIn: number,
    options?: ErrorOptions,
  ) {
    super(code, WORDS[code], `Try again ${inWords(resumesIn)}.`, options);
  }
}

function inWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return minutes > 1 ? `in ${minutes} minutes` : 'in a minute';
}
