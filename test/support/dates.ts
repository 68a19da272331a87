/** Today's date in UTC: `2026-11-29`. */
export const today = (): string => new Date().toISOString().slice(0, 10);

export const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
