const MINUTE = 60_000;

/** So many tries are allowed within so many ms. */
export interface SignInLimit {
  allowed: number;
  /** For the refusal; failed sign-ins where undefined. */
  counted?: 'successes';
  within: number;
  /** One more is allowed each time so many ms of the count have passed: it slows, and locks nobody out. */
  oneMoreEvery?: number;
}

/** Of an account from a network. */
export const PAIR_LIMIT: SignInLimit = { allowed: 10, within: 15 * MINUTE };

/** Of an account from a network too: each sign-in costs a hash and a session. */
export const SUCCESS_LIMIT: SignInLimit = {
  allowed: 30,
  counted: 'successes',
  within: 15 * MINUTE,
};

/**
 * Of a network. People who have signed in from it before are not counted, so an office behind one address can work; this is
 * for its newcomers and for strangers.
 */
export const NETWORK_LIMIT: SignInLimit = { allowed: 20, within: 15 * MINUTE };

/** Of an account from networks that it has not signed in from. */
export const ACCOUNT_LIMIT: SignInLimit = {
  allowed: 20,
  within: 60 * MINUTE,
  oneMoreEvery: 30_000,
};

/** How long to wait, in ms; 0 where so many tries, this one among them, are allowed. */
export function waitFor(limit: SignInLimit, tries: number, expiresAt: Date): number {
  const excess = tries - limit.allowed;
  const left = expiresAt.getTime() - Date.now();
  if (excess <= 0) return 0;
  if (limit.oneMoreEvery === undefined) return Math.max(left, 1);
  const passed = limit.within - left;
  return Math.max(0, Math.min(left, excess * limit.oneMoreEvery - passed));
}
