/** How deep objects and arrays of a body may be nested. Rollcall's own requests need two levels. */
export const MAX_BODY_DEPTH = 20;

/** Whether a JSON value is nested deeper than `max` levels. Not recursive: a deep value would exhaust the stack. */
export function isDeeperThan(value: unknown, max: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= max) return true;
    level = level.flatMap((one) => childrenOf(one));
  }
  return false;
}

const isContainer = (value: unknown) => typeof value === 'object' && value !== null;

const childrenOf = (value: unknown): unknown[] =>
  isContainer(value) ? Object.values(value as object).filter(isContainer) : [];
