import { type EntityManager, In, MoreThan, Not } from 'typeorm';
import type { ChangeContext } from '../changes/change-log.js';
import { type ChangeKind, MemberChange } from '../changes/member-change.entity.js';
import { chunks } from '../writing/bulk.js';

export type UndoneRun = Pick<ChangeContext, 'integrationId'> & { id: number };

const EXISTENCE: ChangeKind[] = ['team_created', 'team_deleted'];
const PLACE: ChangeKind[] = ['team_joined', 'team_left', 'team_role'];

/** The kinds of changes that can be reversed, and those of other runs after which they cannot. */
const KEPT_BY: Partial<Record<ChangeKind, ChangeKind[]>> = {
  team_created: EXISTENCE,
  team_deleted: EXISTENCE,
  team_renamed: [...EXISTENCE, 'team_renamed'],
  team_moved: [...EXISTENCE, 'team_moved'],
  team_joined: PLACE,
  team_left: PLACE,
  team_role: PLACE,
};

const KINDS = Object.keys(KEPT_BY) as ChangeKind[];

/** New teams stay, and who is new in a team stays too. `+ 0` keeps the databases from reading by the team. */
const IS_NOT_NEW = `(made.kind <> 'team_created' OR EXISTS (SELECT 1 FROM member_changes gone
    WHERE gone.github_team_id = made.github_team_id AND gone.id < made.id AND gone.kind = 'team_deleted'))
  AND (made.kind <> 'team_joined' OR EXISTS (SELECT 1 FROM github_team_members gone
    WHERE gone.github_team_id + 0 = made.github_team_id AND gone.github_id = made.github_id
      AND gone.left_at <= made.made_at))`;

/** What a run changed of GitHub teams and who is in them, where no other run changed it later. */
export async function reversibleTeamChanges(
  manager: EntityManager,
  { id: runId, integrationId }: UndoneRun,
): Promise<MemberChange[]> {
  const made = await manager
    .createQueryBuilder(MemberChange, 'made')
    .where('made.run_id = :runId AND made.kind IN (:...kinds)', { runId, kinds: KINDS })
    .andWhere(IS_NOT_NEW)
    .orderBy('made.id')
    .getMany();
  const [first] = made;
  if (!first) return [];
  const changed = new Set<string>();
  const teams = new Set(made.map(({ githubTeamId }) => githubTeamId ?? 0));
  for (const some of chunks([...teams])) {
    const later = await manager.find(MemberChange, {
      select: { id: true, githubTeamId: true, githubId: true, kind: true },
      where: {
        ...{ integrationId, githubTeamId: In(some), id: MoreThan(first.id) },
        ...{ runId: Not(runId), kind: In(KINDS) },
      },
    });
    for (const one of later) changed.add(keyOf(one, one.kind));
  }
  return made.filter((one) => !KEPT_BY[one.kind]?.some((kind) => changed.has(keyOf(one, kind))));
}

const keyOf = ({ githubTeamId, githubId }: MemberChange, kind: ChangeKind): string =>
  `${githubTeamId} ${githubId} ${kind}`;
