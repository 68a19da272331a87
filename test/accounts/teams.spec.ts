import { Controller, Get } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { CurrentIdentity, type Identity } from '../../src/accounts/identity.js';
import { TeamController } from '../../src/admin/sign-in/team.controller.js';
import { Access } from '../../src/platform/web/access.decorator.js';
import { dialects } from '../support/servers/databases.js';
import { join, signIn, startAccounts } from './support/accounts.js';

@Access('member')
@Controller('whoami')
class WhoAmI {
  @Get()
  tell(@CurrentIdentity() { teamSlug, role }: Identity) {
    return { teamSlug, role };
  }
}

describe.each(dialects)('somebody in two teams, on %s', (dialect) => {
  async function start() {
    const accounts = await startAccounts({ dialect, controllers: [TeamController, WhoAmI] });
    await join(accounts, 'ada@example.com', 'member', 'default');
    await join(accounts, 'ada@example.com', 'admin', 'blue');
    await join(accounts, 'bob@example.com', 'admin', 'green');
    const client = await signIn(accounts, 'ada@example.com');
    return { client, whoAmI: async () => JSON.parse((await client.get('/whoami')).text) };
  }

  it('begins in the first, and switches with the role of each', async () => {
    const { client, whoAmI } = await start();
    expect(await whoAmI()).toEqual({ teamSlug: 'default', role: 'member' });
    expect((await client.post('/team', { team: 'blue' })).status).toBe(303);
    expect(await whoAmI()).toEqual({ teamSlug: 'blue', role: 'admin' });
  });

  it.each(['green', 'none', ''])("cannot switch to '%s'", async (team) => {
    const { client, whoAmI } = await start();
    expect((await client.post('/team', { team })).status).toBe(404);
    expect(await whoAmI()).toEqual({ teamSlug: 'default', role: 'member' });
  });
});
