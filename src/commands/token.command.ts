import { ApiTokensService } from '../accounts/api-tokens/api-tokens.service.js';
import { TeamsService } from '../accounts/users/teams.service.js';
import { json } from '../platform/json.js';
import { print, printError } from '../platform/process/output.js';
import { type OneShotOptions, withApp } from './one-shot.js';

interface TokenCommandOptions extends OneShotOptions {
  readOnly?: boolean;
  expiresInDays?: number;
}

export async function token(name: string, options: TokenCommandOptions): Promise<void> {
  const { readOnly, expiresInDays } = options;
  const token = await withApp(async (app) => {
    const team = await app.get(TeamsService).get(options.team);
    return app.get(ApiTokensService).create(team.id, name, { readOnly, expiresInDays });
  });
  if (!options.json)
    printError(
      "Copy the token now. It won't be shown again. It belongs to no user and stays valid until it expires or is revoked.",
    );
  await print(options.json ? json({ token }) : `${token.value}\n`);
}
