const toMinutes = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** `29 Nov 2026, 07:38 UTC` */
export const utcTime = (date: Date): string => `${toMinutes.format(date)} UTC`;
