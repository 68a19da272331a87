const MINUTE = 60_000;

/** `allowed` tries within `within` ms. */
export interface SignInLimit {
  allowed: number;
  /** What is counted, for the refusal's text; failed sign-ins where undefined. */
  counted?: 'successes';
  within: number;
  /** One more try is allowed after each such time, in ms: this slows tries down, but locks nobody out. */
  oneMoreEvery?: number;
}

/** For an account from a network. */
export const PAIR_LIMIT: SignInLimit = { allowed: 10, within: 15 * MINUTE };

/** Also for an account from a network: each sign-in costs a hash and a session. */
export const SUCCESS_LIMIT: SignInLimit = {
  allowed: 30,
  counted: 'successes',
  within: 15 * MINUTE,
};

/**
 * For a network. People who have signed in from it before do not count, so an office behind one address can work. It
 * limits newcomers and strangers.
 */
export const NETWORK_LIMIT: SignInLimit = { allowed: 20, within: 15 * MINUTE };

/** For an account, from networks that it has not signed in from. */
export const ACCOUNT_LIMIT: SignInLimit = {
  allowed: 20,
  within: 60 * MINUTE,
  oneMoreEvery: 30_000,
};

/** How long to wait, in ms; 0 where `tries`, which includes this one, are allowed. */
export function waitFor(limit: SignInLimit, tries: number, expiresAt: Date): number {
  const excess = tries - limit.allowed;
  const left = expiresAt.getTime() - Date.now();
  if (excess <= 0) return 0;
  if (limit.oneMoreEvery === undefined) return Math.max(left, 1);
  const passed = limit.within - left;
  return Math.max(0, Math.min(left, excess * limit.oneMoreEvery - passed));
}
