/** Where the pages of an integration learn what changes in it. */
export const eventsPath = (integrationId: number): string =>
  `/integrations/github/${integrationId}/events`;
