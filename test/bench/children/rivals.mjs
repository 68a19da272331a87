import { Octokit } from '@octokit/rest';
import { answerCalls } from './calls.mjs';

// Other ways to get everybody's role and profile. None of them stores anything.
answerCalls({ bareLimit, carefulScript, oneByOne });

const PROFILES = `query($ids: [ID!]!, $email: Boolean!) {
  nodes(ids: $ids) { ... on User { id login name email @include(if: $email) avatarUrl } }
}`;

const MEMBERS = `query($login: String!, $after: String) {
  organization(login: $login) {
    membersWithRole(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      edges { role hasTwoFactorEnabled node { id databaseId login name email avatarUrl } }
    }
  }
}`;

/**
 * The least that any sync asks for, by plain `fetch`: each page of the list, and its people's profiles as soon as the page
 * is there; `concurrency` REST requests and as many GraphQL requests at once. Nothing is stored, and nothing is proven.
 */
async function bareLimit({ url, token, concurrency, members }) {
  const [rest, graphql] = [limiter(concurrency), limiter(concurrency)];
  const headers = { authorization: `token ${token}`, 'user-agent': 'bench' };
  await fetch(`${url}/user`, { headers }).then((answer) => answer.json());

  const list = (page) =>
    rest(async () => {
      const answer = await fetch(`${url}/orgs/acme/members?per_page=100&page=${page}`, { headers });
      return answer.json();
    });
  const profiles = (ids) =>
    graphql(async () => {
      const body = JSON.stringify({ query: PROFILES, variables: { ids, email: true } });
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      const { data } = await answer.json();
      return data.nodes.length;
    });
  const page = async (number) => profiles((await list(number)).map(({ node_id }) => node_id));

  return timed(async () => {
    const pages = Array.from({ length: Math.ceil(members / 100) }, (_, i) => page(i + 1));
    const found = (await Promise.all(pages)).reduce((sum, count) => sum + count, 0);
    if (found !== members) throw new Error(`The bare limit found ${found} members.`);
  });
}

/** What somebody writes who has read about N+1: GraphQL, a hundred members a page, one page after the other. */
async function carefulScript({ url, token, members }) {
  const octokit = new Octokit({ auth: token, baseUrl: url });
  await octokit.request('GET /user');
  return timed(async () => {
    const all = [];
    for (let after = null, more = true; more; ) {
      const { organization } = await octokit.graphql(MEMBERS, { login: 'acme', after });
      const { edges, pageInfo } = organization.membersWithRole;
      all.push(...edges);
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    if (all.length !== members) throw new Error(`The careful script found ${all.length} members.`);
  });
}

/** The obvious way: the list, then each profile in turn; `sample` members of it. */
async function oneByOne({ url, token, sample }) {
  const octokit = new Octokit({ auth: token, baseUrl: url });
  await octokit.request('GET /user');
  return timed(async () => {
    for (let page = 1; page <= sample / 100; page++) {
      const list = { org: 'acme', per_page: 100, page };
      const { data } = await octokit.request('GET /orgs/{org}/members', list);
      for (const { login } of data)
        await octokit.request('GET /users/{username}', { username: login });
    }
  });
}

/** Connections are open by then, as Rollcall's are. */
async function timed(work) {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - started, cpuMs: (user + system) / 1000 };
}

/** Lets so many through at once, first come first served. */
function limiter(concurrency) {
  const waiting = [];
  let active = 0;
  const next = () => {
    if (active >= concurrency || waiting.length === 0) return;
    active++;
    waiting
      .shift()()
      .finally(() => {
        active--;
        next();
      });
  };
  return (task) =>
    new Promise((resolve, reject) => {
      waiting.push(() => task().then(resolve, reject));
      next();
    });
}
