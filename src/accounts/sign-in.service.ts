import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PublicError } from '../platform/public-error.js';
import { verifyPassword } from './passwords.js';
import { SignInThrottle } from './sign-in-throttle.service.js';
import { User } from './user.entity.js';

@Injectable()
export class SignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly throttle: SignInThrottle,
  ) {}

  /**
   * The user whose address and password these are.
   * @throws PublicError `sign_in_refused` (401), the same for an unknown account and a wrong password;
   *   `too_many_requests` (429) after ten failures in 15 minutes, for the right password too
   */
  async authenticate(email: string, password: string, address: string): Promise<User> {
    const account = email.trim().toLowerCase();
    await this.throttle.admit(account, address);
    const user = await this.dataSource.manager.findOneBy(User, { email: account });
    if (!(await verifyPassword(password, user?.passwordHash)) || !user) throw refused();
    await this.throttle.clear(account, address);
    return user;
  }
}

const refused = () =>
  new PublicError(
    401,
    'sign_in_refused',
    'The email address or the password is wrong.',
    'Check both and try again.',
  );
