/** The address, or undefined for what is none. */
export const parseUrl = (value: string): URL | undefined =>
  URL.canParse(value) ? new URL(value) : undefined;
