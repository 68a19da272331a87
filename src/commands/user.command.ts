import type { Role } from '../accounts/users/membership.entity.js';
import { UsersService } from '../accounts/users/users.service.js';
import { json } from '../platform/json.js';
import { print, printError } from '../platform/process/output.js';
import { type OneShotOptions, withApp } from './one-shot.js';
import { readSecret } from './secret-input.js';

interface UserOptions extends OneShotOptions {
  role?: Role;
}

export async function user(email: string, options: UserOptions): Promise<void> {
  const password = await readSecret('password');
  const { role, team } = options;
  const set = await withApp((app) =>
    app.get(UsersService).setPassword({ email, password, role, teamSlug: team }),
  );
  if (set.revokedTokens)
    printError(
      `${set.email} is no longer an admin. Revoked API tokens of this user: ${set.revokedTokens}.`,
    );
  const shown = { email: set.email, role: set.role, team };
  const done = set.created ? 'Made' : 'Set the password of';
  await print(
    options.json
      ? json({ user: shown })
      : `${done} ${shown.email}, ${shown.role} of the team '${team}'.\n`,
  );
}
