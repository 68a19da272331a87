import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { batched, byKey } from '../../platform/database/batched.js';
import { FairQueue, QueueFull } from '../../platform/fair-queue.js';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { PublicError } from '../../platform/public-error.js';
import { Passwords } from '../passwords/passwords.js';
import { User } from '../users/user.entity.js';
import { KnownSignIns } from './known-sign-ins.js';
import { type SignInAttempt, signInAttempt } from './sign-in-attempt.js';
import { SignInAudit } from './sign-in-audit.js';
import { signInsBusy, wrongPassword } from './sign-in-refusals.js';
import { SignInThrottle } from './sign-in-throttle.js';

/** The most sign-ins that wait for a hash in this process; for one network, as many as an account may fail. */
const QUEUE = { perLane: 10, inAll: 20 };

@Injectable()
export class SignInService {
  private readonly queue = new FairQueue(QUEUE);

  private readonly userOf = batched(async (emails: string[]) => {
    const where = { email: In(emails) };
    return byKey(await this.dataSource.manager.findBy(User, where), ({ email }) => email);
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly throttle: SignInThrottle,
    private readonly known: KnownSignIns,
    private readonly passwords: Passwords,
    private readonly refusals: RefusalLog,
    private readonly audit: SignInAudit,
  ) {}

  /** Like `authenticate`, for somebody who then has a session: it is in the audit log. */
  async signIn(email: string, password: string, address: string): Promise<User> {
    const user = await this.authenticate(email, password, address);
    await this.audit.signedIn(user);
    return user;
  }

  /**
   * The user with this email address and password. One password is hashed at a time: first for people who have signed
   * in from their network before, then for one network after the other; newcomers get every fourth turn.
   * @param address of the client
   * @throws PublicError `sign_in_refused` (401), the same for an unknown account and a wrong password
   * @throws SignInDelayed `too_many_requests` (429) after too many failures (even with the right password) or
   *   successes; `sign_ins_busy` (429)
   */
  async authenticate(email: string, password: string, address: string): Promise<User> {
    const attempt = signInAttempt(email, address);
    try {
      return await this.attempt(attempt, password);
    } catch (error) {
      if (error instanceof PublicError) await this.log(attempt, error, address);
      if (error instanceof PublicError && error.status === 401) await this.audit.refused(attempt);
      throw error;
    }
  }

  private async attempt(attempt: SignInAttempt, password: string): Promise<User> {
    const isKnown = await this.known.has(attempt.pairKey);
    this.throttle.refuseAgain(attempt, isKnown);
    const lane = isKnown ? attempt.pairKey : attempt.networkKey;
    try {
      return await this.queue.run(lane, isKnown, () => this.check(attempt, isKnown, password));
    } catch (error) {
      throw error instanceof QueueFull ? signInsBusy() : error;
    }
  }

  /** Only existing accounts are logged: any other text may be a password typed into the wrong field. */
  private async log(
    { account }: SignInAttempt,
    { code }: PublicError,
    address: string,
  ): Promise<void> {
    const shown = (await this.userOf(account))?.email ?? '(no such account)';
    this.refusals.write('sign_in_refused', { code, account: shown, address });
  }

  private async check(attempt: SignInAttempt, isKnown: boolean, password: string): Promise<User> {
    await this.throttle.admit(attempt, isKnown);
    const user = await this.dataSource.manager.findOneBy(User, { email: attempt.account });
    if (!(await this.passwords.verify(password, user?.passwordHash)) || !user)
      throw wrongPassword();
    await this.throttle.countSuccess(attempt);
    await this.throttle.forgive(attempt, isKnown);
    await this.known.remember(attempt.pairKey);
    return user;
  }
}
