// Sweden writes dates as ISO 8601 does.
const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** `2026-11-29 15:04:05` in the zone of the machine, for people. JSON has ISO 8601 in UTC. */
export const localTime = (date: Date): string => format.format(date);
