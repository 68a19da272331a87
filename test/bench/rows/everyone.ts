import { count, seconds, times } from '../support/figures.js';
import { Github, type Parts } from '../support/github.js';
import { type Lab, type Way, ways } from '../support/lab.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { Subject, type Sync } from '../support/subject.js';
import { tell } from '../support/tell.js';

const MEMBERS = 10_000;

/** An organization of that size as many companies have it. */
const USUAL: Parts = {
  ...{ collaborators: 300, invitations: 200 },
  ...{ teams: 500, teamMembers: 40, largeTeam: 40, depth: 4 },
};

/** Very many teams, one of them with everybody. */
const MANY_TEAMS: Parts = {
  ...{ collaborators: 0, invitations: 0 },
  ...{ teams: 5_000, teamMembers: 10, largeTeam: MEMBERS, depth: 8 },
};

const FIRST_AT_MOST = 1.8;
const SECOND_AT_MOST = 1.3;
const POINTS_AT_MOST = 600;
const REST_AT_MOST = 2.2 * (MEMBERS / 100) + 60;
const MORE_MIB_AT_MOST = 60;

type Second = Sync & { rowsWritten: number };

interface Played {
  first: Sync;
  second: Second;
}

/** What outside collaborators, invitations, teams and identities add to the sync of the members alone. */
export async function everyone({ lab }: Rounds): Promise<Row[]> {
  const [plain, usual, manyTeams] = [
    await Github.start(MEMBERS, lab.latency),
    await filled(lab, USUAL),
    await filled(lab, MANY_TEAMS),
  ];
  const rows: Row[] = [];
  for (const way of ways) {
    const alone = await play(lab, way, plain, 'members alone');
    const whole = await play(lab, way, usual, 'everyone');
    const teams = await play(lab, way, manyTeams, 'many teams');
    rows.push(
      firstRow(way, alone.first, whole.first),
      secondRow(way, alone.second, whole.second),
      memoryRow(way, alone.first, teams.first),
    );
  }
  await Promise.all([plain, usual, manyTeams].map((github) => github.stop()));
  return rows;
}

async function filled(lab: Lab, parts: Parts): Promise<Github> {
  const github = await Github.start(MEMBERS, lab.latency);
  await github.fill(parts);
  return github;
}

async function play(lab: Lab, way: Way, github: Github, what: string): Promise<Played> {
  const subject = await Subject.start(lab, way, github);
  const first = await subject.sync();
  await subject.watchWrites();
  const sync = await subject.sync();
  const second = { ...sync, rowsWritten: await subject.rowsWritten() };
  await subject.end();
  tell(`  ${way}, ${what}: first ${seconds(first.wallMs)}, second ${seconds(second.wallMs)}`);
  return { first, second };
}

function firstRow(way: Way, alone: Sync, whole: Sync): Row {
  const { points, rest } = chargesOf(whole);
  const slower = whole.wallMs / alone.wallMs;
  const { collaborators, invitations, teams, teamMembers } = USUAL;
  return {
    what: `first sync of ${count(MEMBERS)} members with ${collaborators} collaborators, ${invitations} invitations, ${teams} teams of ${teamMembers} and identities, against the members alone, ${way}`,
    measured: `${times(slower)} (${seconds(whole.wallMs)} to ${seconds(alone.wallMs)}), ${count(points)} GraphQL, ${count(rest)} REST`,
    mustReach: `at most ${times(FIRST_AT_MOST)}, ${POINTS_AT_MOST} GraphQL, ${REST_AT_MOST} REST`,
    ok: slower <= FIRST_AT_MOST && points <= POINTS_AT_MOST && rest <= REST_AT_MOST,
  };
}

function secondRow(way: Way, alone: Second, whole: Second): Row {
  const slower = whole.wallMs / alone.wallMs;
  return {
    what: `the same again, nothing changed, ${way}`,
    measured: `${times(slower)} (${seconds(whole.wallMs)} to ${seconds(alone.wallMs)}), ${count(whole.rowsWritten)} rows written`,
    mustReach: `at most ${times(SECOND_AT_MOST)}, no row written`,
    ok: slower <= SECOND_AT_MOST && whole.rowsWritten === 0,
  };
}

function memoryRow(way: Way, alone: Sync, teams: Sync): Row {
  const more = teams.peakMiB - alone.peakMiB;
  return {
    what: `peak memory with ${count(MANY_TEAMS.teams)} teams, ${MANY_TEAMS.depth} deep, one with ${count(MEMBERS)}, over the members alone, ${way}`,
    measured: `${Math.round(more)} MiB more (${Math.round(teams.peakMiB)} to ${Math.round(alone.peakMiB)})`,
    mustReach: `at most ${MORE_MIB_AT_MOST} MiB more`,
    ok: more <= MORE_MIB_AT_MOST,
  };
}

/** A query of these sizes costs one point each. */
function chargesOf({ traffic }: Sync): { points: number; rest: number } {
  const points = traffic.profiles.filter(({ charged }) => charged).length;
  return { points, rest: traffic.charged - points };
}
