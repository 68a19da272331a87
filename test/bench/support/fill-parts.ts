type Query = (sql: string) => Promise<{ github_id: number | string }[]>;

/** Of the large team. */
const LARGE_TEAM = 10_000;

/** Nested eight deep, with forty people each; the large one is above the first of them. */
const TEAMS = 500;
const TEAM_MEMBERS = 40;
const DEPTH = 8;

/** GitHub's id of the large team; those of the others follow. */
const FIRST_ID = 900_001;

const SINCE = "'2026-01-01 00:00:00.000'";

const NUMBERED = `(SELECT integration_id, github_id, login, ROW_NUMBER() OVER (ORDER BY github_id) AS n
  FROM members WHERE status = 'active')`;

/** What pages of it have in their addresses: our ids. */
export interface FilledParts {
  personId: number;
  githubTeamId: number;
}

/** As if syncs had found these teams, and one outside collaborator for a hundred members. */
export async function fillParts(query: Query): Promise<FilledParts> {
  await query(`INSERT INTO members (integration_id, github_id, node_id, login, login_key, name, name_key, email,
      avatar_url, status, present, outside, joined_at, updated_at)
    SELECT integration_id, github_id + 5000000000, CAST(github_id AS CHAR), login, login_key, name, name_key, email,
      avatar_url, 'left', 0, 1, joined_at, updated_at FROM members WHERE id % 100 = 0`);
  await query(`INSERT INTO github_teams (integration_id, github_id, slug, name, privacy, parent_github_id, since)
    SELECT integration_id, ${FIRST_ID - 1} + n, CAST(n AS CHAR), CAST(n AS CHAR), 'closed',
      CASE WHEN n % ${DEPTH} = 1 THEN NULL ELSE ${FIRST_ID - 2} + n END, ${SINCE}
    FROM ${NUMBERED} numbered WHERE n <= ${TEAMS + 1}`);
  const fill = (people: string, team: string) =>
    query(`INSERT INTO github_team_members (github_team_id, github_id, role, since)
      SELECT team.id, person.github_id, 'member', ${SINCE} FROM ${NUMBERED} person
        INNER JOIN github_teams team ON team.github_id = ${team} WHERE ${people}`);
  await fill(`n <= ${LARGE_TEAM}`, `${FIRST_ID}`);
  const teamOf = `${FIRST_ID + 1} + ((n - 1) - (n - 1) % ${TEAM_MEMBERS}) / ${TEAM_MEMBERS}`;
  await fill(`n <= ${TEAMS * TEAM_MEMBERS}`, teamOf);
  await query(`INSERT INTO member_changes (integration_id, github_id, github_team_id, login, kind, values_before,
      values_after, made_at)
    SELECT person.integration_id, person.github_id, place.github_team_id, person.login, 'team_joined',
      '{"githubTeamRole":""}', '{"githubTeamRole":"member"}', ${SINCE}
    FROM github_team_members place INNER JOIN members person ON person.github_id = place.github_id`);
  const [team] = await query(
    `SELECT id AS github_id FROM github_teams WHERE github_id = ${FIRST_ID}`,
  );
  const [person] = await query(`SELECT member.id AS github_id FROM members member
    INNER JOIN github_team_members place ON place.github_id = member.github_id
    INNER JOIN github_teams team ON team.id = place.github_team_id AND team.github_id = ${FIRST_ID + 7} LIMIT 1`);
  return { personId: Number(person?.github_id), githubTeamId: Number(team?.github_id) };
}
