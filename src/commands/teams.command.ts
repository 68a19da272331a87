import { GithubTeams } from '../members/github-teams/github-teams.js';
import { jsonArray } from '../platform/json.js';
import { print } from '../platform/process/output.js';
import { integrationOf, type OneShotOptions, withApp } from './one-shot.js';
import { warnOfParts } from './part-warning.js';
import { inTree, tableLines } from './table.js';

/** Prints the GitHub teams, in a table as a tree; what of them is not known stands on stderr. */
export async function teams(organization: string, options: OneShotOptions): Promise<void> {
  await withApp(async (app) => {
    const { id: integrationId } = await integrationOf(app, organization, options.team);
    const stored = app.get(GithubTeams);
    const found = await stored.of({ integrationId });
    const inOrder = found.tree.inOrder();
    const depths = new Map(inOrder.map(({ team, depth }) => [team.id, depth]));
    const shown = inOrder.map(({ team }) => team);
    const texts = options.json
      ? jsonArray(stored.all(found))
      : tableLines(HEADER, async function* () {
          for await (const team of stored.all(found, shown)) {
            const { slug, name, privacy, members, membersWithChildTeams } = team;
            yield [
              inTree(slug, depths.get(team.id)),
              name,
              privacy,
              members,
              membersWithChildTeams,
            ];
          }
        });
    for await (const text of texts) await print(text);
    await warnOfParts(app, integrationId, ['teams']);
  });
}

const HEADER = ['TEAM', 'NAME', 'PRIVACY', 'MEMBERS', 'WITH CHILD TEAMS'];
