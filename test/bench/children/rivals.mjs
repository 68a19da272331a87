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
 * The requests of a first sync and nothing else: plain `fetch`, so many at once, and JSON parsed. Profiles are asked for as
 * soon as the list's pages name enough people, and a page is revalidated with its own ETag; else nothing waits.
 */
async function bareLimit({ url, token, concurrency, members, requests }) {
  const { others, pages, revalidations, profiles } = requests;
  const limited = limiter(concurrency);
  const authorization = `token ${token}`;
  const headers = { authorization, 'user-agent': 'bench', accept: 'application/json' };
  await fetch(`${url}/user`, { headers }).then((answer) => answer.json());
  const perQuery = Math.ceil(members / Math.max(1, profiles));
  const known = [];
  const work = [];

  const get = (path, more) =>
    limited(async () => {
      const answer = await fetch(url + path, { headers: { ...headers, ...more } });
      if (answer.status !== (more ? 304 : 200)) throw new Error(`${path}: ${answer.status}`);
      return { etag: answer.headers.get('etag'), data: more ? undefined : await answer.json() };
    });
  const ask = (ids) =>
    limited(async () => {
      const body = JSON.stringify({ query: PROFILES, variables: { ids, email: true } });
      const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
      const { data } = await answer.json();
      if (data.nodes.length !== ids.length) throw new Error('Not everybody has a profile.');
    });
  const page = async ({ path, key, namesPeople }) => {
    const { etag, data } = await get(path);
    if (namesPeople) known.push(...data.map(({ node_id }) => node_id));
    while (profiles > 0 && known.length >= perQuery) work.push(ask(known.splice(0, perQuery)));
    const again = revalidations.filter((one) => one.key === key);
    work.push(...again.map((one) => get(one.path, { 'if-none-match': etag })));
  };

  return timed(async () => {
    await Promise.all([...others.map((path) => get(path)), ...pages.map(page)]);
    if (profiles > 0 && known.length > 0) work.push(ask(known));
    await Promise.all(work);
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
