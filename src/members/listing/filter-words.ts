/** The words of the filter by two-factor authentication, and what they ask for. */
export const TWO_FACTOR = { on: true, off: false, unknown: null } as const;

/** The same of the filter by identity of single sign-on. */
export const IDENTITY = { linked: true, none: false } as const;

export type TwoFactorWord = keyof typeof TWO_FACTOR;
export type IdentityWord = keyof typeof IDENTITY;

export const TWO_FACTOR_WORDS = Object.keys(TWO_FACTOR) as TwoFactorWord[];
export const IDENTITY_WORDS = Object.keys(IDENTITY) as IdentityWord[];
