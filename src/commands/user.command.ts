import { type Command, Option } from 'commander';
import type { Role } from '../accounts/membership.entity.js';
import { UsersService } from '../accounts/users.service.js';
import { UsageError } from '../platform/process/command-error.js';
import { print } from '../platform/process/output.js';
import { json } from './json.js';
import { type OneShotOptions, oneShot, withApp } from './one-shot.js';
import { readSecret } from './secret-input.js';

interface UserOptions extends OneShotOptions {
  role?: Role;
  passwordStdin?: boolean;
}

export function addUser(program: Command): void {
  oneShot(program, 'user <email>')
    .description('make a user and the team, or set the password and end all sessions')
    .option('--password-stdin', 'read the password from stdin (there is no other way)')
    .addOption(
      new Option('--role <role>', 'default: as it is, and member for somebody new').choices([
        'admin',
        'member',
      ]),
    )
    .action(user);
}

async function user(email: string, options: UserOptions): Promise<void> {
  if (!options.passwordStdin)
    throw new UsageError('`user` reads the password from stdin only: add --password-stdin.');
  const password = await readSecret('password');
  const { role, team } = options;
  const set = await withApp((app) =>
    app.get(UsersService).setPassword({ email, password, role, teamSlug: team }),
  );
  const shown = { email: set.email, role: set.role, team };
  const done = set.created ? 'Made' : 'Set the password of';
  await print(
    options.json
      ? json({ user: shown })
      : `${done} ${shown.email}, ${shown.role} of the team '${team}'.\n`,
  );
}
