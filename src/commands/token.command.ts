import type { Command } from 'commander';
import { ApiTokensService } from '../accounts/api-tokens.service.js';
import { TeamsService } from '../accounts/teams.service.js';
import { print, tell } from '../platform/process/output.js';
import { json } from './json.js';
import { type OneShotOptions, oneShot, withApp } from './one-shot.js';

export function addToken(program: Command): void {
  oneShot(program, 'token <name>')
    .description('make an API token for the team, shown this once')
    .action(token);
}

async function token(name: string, options: OneShotOptions): Promise<void> {
  const token = await withApp(async (app) => {
    const team = await app.get(TeamsService).get(options.team);
    return app.get(ApiTokensService).create(team.id, name);
  });
  if (!options.json) tell('Keep the token now: it is shown this once.');
  await print(options.json ? json({ token }) : `${token.value}\n`);
}
