import type { EntityManager } from 'typeorm';
import type { IdentitiesBesideProfiles } from '../../github/client/profiles.js';
import type { ChangeContext } from '../../members/changes/change-log.js';
import type { ChangeCounts } from '../../members/changes/changes.js';
import type { ComparedIdentities } from '../../members/identities/compared-identities.js';
import type { HintedTeam } from '../hints/hint-subject.js';
import type { OrganizationAccess } from '../member-sync/organization-accesses.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import type { SyncCounts } from '../runs/sync-counts.js';
import type { PartCounts, PartName } from './part.js';

/** What a part reads with. */
export interface PartReading {
  integrationId: number;
  runId: number;
  access: OrganizationAccess;
  /** Of the teams, only these are read and changed; all are where it is undefined. */
  githubTeams?: HintedTeam[] | undefined;
  /** Resolves when the directory has the members; rejects if the run stops before. */
  applied: Promise<void>;
}

/** What a part works with. */
export interface PartContext extends Omit<PartReading, 'applied'> {
  trigger: MemberSyncRun['trigger'];
  scope: MemberSyncRun['scope'];
  /** GitHub's ids of everybody on the list of members; undefined where the run has not read it. */
  listed?: ReadonlySet<number> | undefined;
  /** Who listed people are at work, as far as it came with their profiles. */
  identities?: ComparedIdentities | undefined;
  /** GitHub's ids of the people whom the run removes or holds after the parts; undefined where it is not known yet. */
  leaving?: ReadonlySet<number> | undefined;
  /** Aborted where the run must stop. Requests of `access.client` stop by themselves. */
  signal: AbortSignal;
  /**
   * Does `work` in a transaction of the run; `work` returns how many changes it recorded.
   * @throws LeaseLost
   */
  write: (
    work: (manager: EntityManager, context: ChangeContext) => Promise<ChangeCounts>,
  ) => Promise<void>;
}

/** What was done with the part. */
export interface PartOutcome extends PartCounts {
  /** What could not be read, in words; undefined where the part is complete. */
  missing?: string | undefined;
  /** False where only something beside the part itself could be read. */
  isVisible?: boolean;
  /**
   * What belongs in the transaction that completes the run, such as holding removals. Returns what it adds to the run's
   * counts. The part is noted there too: until then, the run reads it again after an interruption.
   */
  conclude?: ((manager: EntityManager) => Promise<Partial<SyncCounts>>) | undefined;
}

/** Brings one part in step with GitHub. */
export interface PartSync<Read = unknown> {
  readonly part: Exclude<PartName, 'members'>;
  /** What the questions about members' profiles ask for the part too; undefined where they must not. */
  besideProfiles?(run: Pick<PartReading, 'runId' | 'access'>): IdentitiesBesideProfiles | undefined;
  /**
   * Reads the part whole and changes nothing. The directory may still lack members who are just being applied.
   * @throws GithubFailure; `missing_permission` where the credential may not read it
   */
  read(context: PartReading): Promise<Read>;
  /**
   * Applies the difference, when the directory has the members.
   * @throws GithubFailure before anything is changed
   */
  apply(context: PartContext, read: Read): Promise<PartOutcome>;
}

/** Injects the parts, in the order of `PARTS`. */
export const PART_SYNCS = Symbol('PART_SYNCS');
