import type { EntityManager } from 'typeorm';
import { affiliationOf } from '../affiliation.js';
import { Member, type MemberStatus } from '../member.entity.js';
import { chunks } from '../writing/bulk.js';
import type { OrganizationInvitation } from './organization-invitation.entity.js';

type Invited = Pick<OrganizationInvitation, 'login' | 'email' | 'invitedAt'>;

/** All: the indexes by login and by email begin with the status. */
const STATUSES: MemberStatus[] = ['active', 'left', 'disabled'];

/** Those of the invited people whom the directory knows. */
export class InvitedPeople {
  private readonly byLogin: Map<string, Member>;

  private constructor(private readonly people: Member[]) {
    // Whoever is gone may have left the login to somebody else. A member's is as new as that of a collaborator, or newer.
    const there = people.filter((person) => affiliationOf(person) !== null);
    const inOrder = there.toSorted((a, b) => Number(a.present) - Number(b.present));
    this.byLogin = new Map(inOrder.map((person) => [person.loginKey, person]));
  }

  static async find(
    manager: EntityManager,
    integrationId: number,
    invitations: Pick<Invited, 'login' | 'email'>[],
  ): Promise<InvitedPeople> {
    const people: Member[] = [];
    for (const some of chunks(invitations)) {
      const keys = [
        ['login_key', some.flatMap(({ login }) => login?.toLowerCase() ?? [])],
        [
          'email_key',
          some.flatMap(({ login, email }) => (login ? [] : (email?.toLowerCase() ?? []))),
        ],
      ] as const;
      for (const [column, values] of keys) {
        if (values.length === 0) continue;
        const found = manager
          .createQueryBuilder(Member, 'm')
          .where('m.integrationId = :integrationId AND m.status IN (:...statuses)')
          .andWhere(`m.${column} IN (:...values)`)
          .setParameters({ integrationId, statuses: STATUSES, values });
        people.push(...(await found.getMany()));
      }
    }
    return new InvitedPeople(people);
  }

  /** The member or outside collaborator who has the login. */
  personOf(login: string | null): Member | undefined {
    return login === null ? undefined : this.byLogin.get(login.toLowerCase());
  }

  /**
   * The invited person, where they are in the organization now. Somebody who was invited by email is known by the public
   * address only.
   */
  joinedAs({ login, email, invitedAt }: Invited): Member | undefined {
    if (login !== null) {
      const person = this.personOf(login);
      return person?.present ? person : undefined;
    }
    const address = email?.toLowerCase();
    return this.people.find(
      (person) =>
        person.present && person.email.toLowerCase() === address && person.joinedAt >= invitedAt,
    );
  }
}
