import type { EntityManager } from 'typeorm';
import { auditRun } from '../runs/audit-run.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import type { HeldSet } from './approved-removals.js';
import type { RemovalDecision } from './undecided-run.js';

/** The names of large sets would make the entry too long. */
const MAX_AUDITED_NAMES = 500;

export const auditDecision = (
  manager: EntityManager,
  run: MemberSyncRun,
  decision: RemovalDecision,
  { people, ofTeams }: HeldSet,
): Promise<void> =>
  auditRun(manager, run, {
    action: `removals.${decision}`,
    after: {
      people: people.length,
      logins: people.slice(0, MAX_AUDITED_NAMES).map(({ login }) => login),
      ...(ofTeams.length > 0 && {
        ofGithubTeams: ofTeams.length,
        githubTeams: [...new Set(ofTeams.map(({ teamName }) => teamName))].slice(
          0,
          MAX_AUDITED_NAMES,
        ),
      }),
    },
  });
