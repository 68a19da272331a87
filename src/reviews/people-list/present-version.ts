import type { ListSource, PeopleListVersion } from './people-list-version.entity.js';

export interface PresentedVersion {
  /** Counts the versions of the team's list, from 1. */
  version: number;
  people: number;
  added: number;
  changed: number;
  removed: number;
  source: ListSource;
  madeBy: string;
  createdAt: string;
}

export const presentVersion = ({
  number,
  createdAt,
  ...version
}: PeopleListVersion): PresentedVersion => ({
  version: number,
  people: version.people,
  added: version.added,
  changed: version.changed,
  removed: version.removed,
  source: version.source,
  madeBy: version.madeBy,
  createdAt: createdAt.toISOString(),
});
