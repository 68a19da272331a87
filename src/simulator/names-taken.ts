import type { SimOrganization } from './organization.js';
import type { Random } from './random.js';
import type { SimUser } from './user.js';

export type Account = SimUser | SimOrganization;

/** The one space of names that users and organizations share, matched without regard to case. */
export class NamesTaken {
  private readonly holders = new Map<string, Account>();

  holder(login: string): Account | undefined {
    return this.holders.get(login.toLowerCase());
  }

  /** Gives the account a login, and frees the one it had. @throws Error when somebody else has it */
  move(account: Account, login: string): void {
    const holder = this.holder(login);
    if (holder && holder !== account) throw new Error(`The login ${login} is taken`);
    this.free(account);
    this.holders.set(login.toLowerCase(), account);
  }

  free(account: Account): void {
    if (this.holder(account.login) === account) this.holders.delete(account.login.toLowerCase());
  }

  /** The login that is wished for, with a number where it is taken. */
  unused(wished: string, random: Random): string {
    let login = wished;
    for (let tries = 0; this.holder(login); tries++) {
      login = `${wished}${random.between(1, 100 * 2 ** tries)}`;
    }
    return login;
  }
}
