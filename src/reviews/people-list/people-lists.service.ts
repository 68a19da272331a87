import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { currentSender } from '../../accounts/audit/audit-sender.js';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { lockTeam } from '../../accounts/users/lock-team.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { currentPeople } from './current-people.js';
import { listDifference } from './list-difference.js';
import type { ListedPerson } from './listed-person.js';
import { type ListSource, PeopleListVersion } from './people-list-version.entity.js';
import { pruneVersions, writeDifference } from './write-version.js';

/** A list that was sent. */
export interface SentList {
  teamId: number;
  people: ListedPerson[];
  source: ListSource;
}

export interface ImportedList {
  version: PeopleListVersion;
  /** False where the list is as it was: there is no new version. */
  isNew: boolean;
}

/** Keeps the people lists of teams, in versions. */
@Injectable()
export class PeopleListsService {
  constructor(private readonly dataSource: DataSource) {}

  /** Takes a whole list, or nothing of it. @throws PublicError `team_not_found` */
  import({ teamId, people, source }: SentList): Promise<ImportedList> {
    return inTransaction(this.dataSource, async (manager) => {
      // One after the other: each list is compared with the one before.
      await lockTeam(manager, teamId);
      const [latest] = await newest(manager, teamId, 1);
      const difference = listDifference(await currentPeople(manager, teamId), people);
      const counts = {
        added: difference.added.length,
        changed: difference.changed.length,
        removed: difference.removed.length,
      };
      const isSame = Object.values(counts).every((count) => count === 0);
      if (latest && isSame) return { version: latest, isNew: false };
      const number = (latest?.number ?? 0) + 1;
      const version = await manager.save(
        manager.create(PeopleListVersion, {
          ...{ teamId, number, source, madeBy: currentSender().name, createdAt: new Date() },
          ...{ people: people.length, ...counts },
        }),
      );
      await writeDifference(manager, version, difference);
      await pruneVersions(manager, version);
      const after = { version: number, people: people.length, ...counts };
      const subject = `version ${number}`;
      await recordAudit(manager, { teamId, action: 'people_list.import', subject, after });
      return { version, isNew: true };
    });
  }

  /** The kept versions, the current one first. */
  versions(teamId: number, most?: number): Promise<PeopleListVersion[]> {
    return newest(this.dataSource.manager, teamId, most);
  }
}

const newest = (
  manager: EntityManager,
  teamId: number,
  take?: number,
): Promise<PeopleListVersion[]> =>
  manager.find(PeopleListVersion, { where: { teamId }, order: { number: 'DESC' }, take });
