import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type FindOptionsWhere, In } from 'typeorm';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { ChangeSignals } from '../../platform/signals/change-signals.js';
import { type ChangeContext, ChangeLog } from '../changes/change-log.js';
import type { ChangeDraft } from '../changes/changes.js';
import { Member } from '../member.entity.js';
import { addToCounts, countPerson, noPeople, type StatusCounts } from '../member-counts.js';

/** Locks the directory against others; tells whose it is. */
type Lock = (manager: EntityManager) => Promise<LockedDirectory>;

interface LockedDirectory {
  teamId: number;
  organizationLogin: string;
}

/** Lets an admin disable and enable members by hand; no sync undoes it. */
@Injectable()
export class MemberStatusService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: ChangeLog,
    private readonly signals: ChangeSignals,
  ) {}

  /**
   * Enabled again, a member has the status that GitHub gives. Idempotent.
   * @param lock is called first in the transaction, and throws if the directory is read-only
   * @throws PublicError `member_not_found`
   */
  async setDisabled(memberId: number, disabled: boolean, by: string, lock: Lock): Promise<Member> {
    const member = await inTransaction(this.dataSource, async (manager) => {
      const directory = await lock(manager);
      const [member] = await locked(manager, { id: memberId });
      if (!member) throw memberNotFound();
      const changed = await this.change(manager, [member], disabled, by);
      await audit(manager, directory, disabled, changed);
      return changed[0] ?? member;
    });
    this.signals.send(member.integrationId);
    return member;
  }

  /**
   * The same for many, in one transaction and with a few statements for all of them.
   * @param memberIds each once
   * @param lock as for one
   * @returns those whose status changed
   * @throws PublicError `member_not_found` if the directory lacks one of them: then nobody is changed
   */
  async setAllDisabled(
    integrationId: number,
    memberIds: number[],
    disabled: boolean,
    by: string,
    lock: Lock,
  ): Promise<Member[]> {
    const changed = await inTransaction(this.dataSource, async (manager) => {
      const directory = await lock(manager);
      const members = await locked(manager, { integrationId, id: In(memberIds) });
      if (members.length < memberIds.length) throw memberNotFound();
      const changed = await this.change(manager, members, disabled, by);
      await audit(manager, directory, disabled, changed);
      return changed;
    });
    this.signals.send(integrationId);
    return changed;
  }

  /** @param members of one directory, locked */
  private async change(
    manager: EntityManager,
    members: Member[],
    disabled: boolean,
    by: string,
  ): Promise<Member[]> {
    const at = new Date();
    const moves = members
      .filter(({ status }) => (status === 'disabled') !== disabled)
      .map((before) => ({ before, after: { ...before, ...standing(before, disabled, by, at) } }));
    const [first] = moves;
    if (!first) return [];
    const { integrationId } = first.before;
    const context: ChangeContext = { integrationId, runId: null, madeBy: by, at };
    await write(manager, moves, at);
    await addToCounts(manager, integrationId, moved(moves));
    await this.log.record(manager, context, moves.map(draft));
    return moves.map(({ after }) => after);
  }
}

/** One entry for all of them. */
async function audit(
  manager: EntityManager,
  { teamId, organizationLogin }: LockedDirectory,
  disabled: boolean,
  changed: Member[],
): Promise<void> {
  const [one, ...others] = changed.map(({ login }) => login);
  if (!one) return;
  const people = others.length > 0 ? `${changed.length} people` : one;
  await recordAudit(manager, {
    teamId,
    action: disabled ? 'member.disable' : 'member.enable',
    subject: `${people} of ${organizationLogin}`,
    after: { logins: [one, ...others] },
  });
}

interface Move {
  before: Member;
  after: Member;
}

const locked = (manager: EntityManager, where: FindOptionsWhere<Member>): Promise<Member[]> =>
  forUpdate(manager.createQueryBuilder(Member, 'member').where(where)).getMany();

const standing = ({ present }: Member, disabled: boolean, by: string, at: Date) =>
  disabled
    ? ({ status: 'disabled', disabledBy: by, disabledAt: at } as const)
    : ({ status: present ? 'active' : 'left', disabledBy: null, disabledAt: null } as const);

/** One statement for each new status: at most two. */
async function write(manager: EntityManager, moves: Move[], updatedAt: Date): Promise<void> {
  for (const status of ['active', 'left', 'disabled'] as const) {
    const some = moves.filter(({ after }) => after.status === status);
    const [one] = some;
    if (!one) continue;
    const { disabledBy, disabledAt } = one.after;
    const ids = some.map(({ before }) => before.id);
    await manager.update(Member, { id: In(ids) }, { status, disabledBy, disabledAt, updatedAt });
  }
}

/** How many more and fewer members have each status. */
function moved(moves: Move[]): StatusCounts {
  const counts = noPeople();
  for (const { before, after } of moves) {
    countPerson(counts, before, -1);
    countPerson(counts, after);
  }
  return counts.member;
}

const draft = ({ before, after }: Move): ChangeDraft => ({
  githubId: before.githubId,
  login: before.login,
  kind: after.status === 'disabled' ? 'disabled' : 'enabled',
  before: { status: before.status },
  after: { status: after.status },
});

export const memberNotFound = () =>
  new PublicError(
    404,
    'member_not_found',
    'Your team does not have this member.',
    'Choose one from the directory.',
  );
