import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In } from 'typeorm';
import { currentSender } from '../../accounts/audit/audit-sender.js';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { lockTeam } from '../../accounts/users/lock-team.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { affiliationOf } from '../../members/affiliation.js';
import { memberNotFound } from '../../members/directory/member-status.service.js';
import { Member } from '../../members/member.entity.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { currentPeople } from '../people-list/current-people.js';
import { ListPerson } from '../people-list/list-person.entity.js';
import { Comparison } from './comparison.entity.js';
import { ensureRow } from './match-comparisons.js';
import { listPersonNotFound, matchTaken, memberNotOnGithub } from './match-problems.js';

interface Choice {
  apiUrl: string;
  githubId: number;
  login: string;
}

/** Keeps whom people of a list were matched with by hand. A choice holds in all later lists. */
@Injectable()
export class ManualMatches {
  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: IntegrationsService,
  ) {}

  /**
   * @param memberId somebody of the team's directories; null takes the choice back
   * @throws PublicError `list_person_not_found`, `member_not_found`, `member_not_on_github`, `match_taken`
   */
  async choose(teamId: number, personId: number, memberId: number | null): Promise<void> {
    const choice = memberId === null ? null : await this.choiceOf(teamId, memberId);
    await ensureRow(this.dataSource.manager, teamId);
    await inTransaction(this.dataSource, async (manager) => {
      // Two people of a list must not get the same account.
      await lockTeam(manager, teamId);
      const [listed] = await currentPeople(manager, teamId, [personId]);
      if (!listed) throw listPersonNotFound();
      const person = await manager.findOneByOrFail(ListPerson, { id: personId });
      if (isSame(person, choice)) return;
      if (choice) await refuseTaken(manager, teamId, choice);
      await manager.update(ListPerson, { id: personId }, columnsOf(choice));
      await manager.increment(Comparison, { teamId }, 'choices', 1);
      await recordAudit(manager, {
        ...{ teamId, action: 'people_list.match', subject: person.email },
        before: { githubId: person.chosenGithubId },
        after: { githubId: choice?.githubId ?? null, login: choice?.login },
      });
    });
  }

  /** The id of a member by the present login. @throws PublicError `member_not_found` */
  async memberIdOf(teamId: number, login: string): Promise<number> {
    const integrations = await this.integrations.list(teamId);
    const members = await this.dataSource.manager.findBy(Member, {
      integrationId: In(integrations.map(({ id }) => id)),
      status: In(['active', 'disabled', 'left']),
      loginKey: login.replace(/^@/, '').toLowerCase(),
    });
    const found = members.find((member) => affiliationOf(member) !== null) ?? members[0];
    if (found) return found.id;
    throw memberNotFound();
  }

  private async choiceOf(teamId: number, memberId: number): Promise<Choice> {
    const member = await this.integrations.member(teamId, memberId);
    const integration = await this.integrations.get(teamId, member.integrationId);
    if (integration.disconnectedAt || affiliationOf(member) === null)
      throw memberNotOnGithub(member.login);
    return { apiUrl: integration.apiUrl, githubId: member.githubId, login: member.login };
  }
}

const isSame = ({ chosenApiUrl, chosenGithubId }: ListPerson, choice: Choice | null): boolean =>
  chosenGithubId === (choice?.githubId ?? null) && chosenApiUrl === (choice?.apiUrl ?? null);

const columnsOf = (choice: Choice | null) => ({
  chosenApiUrl: choice?.apiUrl ?? null,
  chosenGithubId: choice?.githubId ?? null,
  chosenBy: choice && currentSender().name,
  chosenAt: choice && new Date(),
});

/** People who are no longer in the list keep their choice, but hold up nobody else. */
async function refuseTaken(
  manager: EntityManager,
  teamId: number,
  { apiUrl: chosenApiUrl, githubId: chosenGithubId, login }: Choice,
): Promise<void> {
  const others = await manager.findBy(ListPerson, { teamId, chosenApiUrl, chosenGithubId });
  if (others.length === 0) return;
  const ids = others.map(({ id }) => id);
  const [present] = await currentPeople(manager, teamId, ids);
  if (present) throw matchTaken(login, present.email);
  await manager.update(ListPerson, { id: In(ids) }, columnsOf(null));
}
