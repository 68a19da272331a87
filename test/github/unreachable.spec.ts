import { describe, expect, it } from 'vitest';
import { githubFailureOf } from '../../src/github/errors/github-failure-of.js';
import { ownClient } from '../support/github-client.js';
import { CertificateAuthority } from '../support/servers/certificates.js';
import { freePort } from '../support/servers/free-port.js';
import { startTlsFront } from '../support/servers/tls-front.js';
import { startGithub } from '../support/service.js';

const GHE = 'https://ghe.acme.example/api/v3';

const coded = (code: string) => Object.assign(new Error('No.'), { code });

describe('why GitHub cannot be reached', () => {
  it.each([
    ['ENOTFOUND', 'host_not_found', /host ghe\.acme\.example does not exist/, /DNS/],
    ['EAI_AGAIN', 'host_not_found', /no DNS server answered/, /DNS/],
    [
      'ECONNREFUSED',
      'github_unavailable',
      /ghe\.acme\.example refused the connection/,
      /few minutes/,
    ],
    ['ECONNRESET', 'github_unavailable', /closed the connection/, /few minutes/],
    ['EHOSTUNREACH', 'github_unavailable', /no route/, /few minutes/],
    ['ETIMEDOUT', 'github_unavailable', /did not answer in time/, /few minutes/],
    ['UND_ERR_CONNECT_TIMEOUT', 'github_unavailable', /did not answer in time/, /few minutes/],
    ['ESTRANGE', 'github_unavailable', /could not be reached/, /few minutes/],
    ['CERT_HAS_EXPIRED', 'certificate_not_trusted', /has expired/, /renew/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate_not_trusted', /another name/, /name/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate_not_trusted', /authority/, /NODE_EXTRA_CA_CERTS/],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate_not_trusted', /authority/, /NODE_EXTRA_CA_CERTS/],
  ])('is told of %s: %s', (code, expected, message, remedy) => {
    const cause = new Error('fetch failed', { cause: new AggregateError([coded(code)]) });
    const failure = githubFailureOf(cause, GHE);
    expect(failure).toMatchObject({ code: expected, status: 502 });
    expect(failure.message).toMatch(message);
    expect(failure.message).toContain(`(${code})`);
    expect(failure.remedy).toMatch(remedy);
    if (expected === 'certificate_not_trusted') expect(failure.remedy).not.toMatch(/few minutes/);
  });

  it.each([
    ['EAI_AGAIN', true],
    ['ECONNREFUSED', true],
    ['ENOTFOUND', false],
    ['SELF_SIGNED_CERT_IN_CHAIN', false],
  ])('says whether %s may pass: %s', (code, isPassing) => {
    expect(githubFailureOf(coded(code), GHE).isPassing).toBe(isPassing);
  });

  it('is a certificate of an unknown authority, which is not tried again', async () => {
    const { simulator } = await startGithub();
    const { url, connections } = await startTlsFront(
      simulator.url,
      await (await CertificateAuthority.create()).issue('DNS:localhost'),
    );
    await expect(ownClient(url).viewer()).rejects.toMatchObject({
      code: 'certificate_not_trusted',
      message: expect.stringContaining(new URL(url).host),
    });
    expect(connections()).toBe(1);
    expect(simulator.requests.total).toBe(0);
  });

  it('is a server that does not use TLS', async () => {
    const { simulator } = await startGithub();
    const url = simulator.url.replace('http:', 'https:');
    await expect(ownClient(url).viewer()).rejects.toMatchObject({
      code: 'github_unavailable',
      message: expect.stringContaining('does not use TLS'),
    });
  });

  it('is a port where nothing listens', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    await expect(ownClient(`http://${host}`).viewer()).rejects.toMatchObject({
      code: 'github_unavailable',
      message: `${host} refused the connection (ECONNREFUSED).`,
    });
  });
});

describe('an address where no GitHub API answers', () => {
  it.each([
    ['a page', 200],
    ['a page of a status of its own', 403],
    ['a page that is not found', 404],
  ])('is told at once of %s', async (_, status) => {
    const { simulator } = await startGithub();
    simulator.faults.on(/./, { times: 9 }).html(status);
    await expect(ownClient(simulator.url).viewer()).rejects.toMatchObject({
      code: 'github_answer_invalid',
      remedy: expect.stringContaining('https://HOST/api/v3'),
    });
    expect(simulator.requests.total).toBe(1);
  });

  it.each([
    ['406', 406, {}],
    ['a redirect to a sign-in elsewhere', 302, { location: 'https://sso.example/sign-in?to=1' }],
    ['a redirect without an address', 302, {}],
  ])('is told at once of %s', async (_, status, headers) => {
    const { simulator } = await startGithub();
    simulator.faults.on(/./, { times: 9 }).status(status, {}, headers);
    await expect(ownClient(simulator.url).viewer()).rejects.toMatchObject({
      code: 'github_answer_invalid',
      remedy: expect.stringContaining('https://HOST/api/v3'),
    });
    expect(simulator.requests.total).toBe(1);
  });

  it('is told of a redirect to its own sign-in page', async () => {
    const { simulator } = await startGithub();
    simulator.faults.on(/user$/, { times: 9 }).status(302, {}, { location: '/session/new' });
    simulator.faults.on(/session/, { times: 9 }).html(200);
    await expect(ownClient(simulator.url).viewer()).rejects.toMatchObject({
      code: 'github_answer_invalid',
      remedy: expect.stringContaining('https://HOST/api/v3'),
    });
    expect(simulator.requests.total).toBe(2);
  });

  it('names what may stand between where the address has the right form', async () => {
    const { simulator } = await startGithub();
    simulator.faults.on(/./).html(200);
    await expect(ownClient(`${simulator.url}/api/v3`).viewer()).rejects.toMatchObject({
      remedy: expect.stringContaining('sign-in page or a proxy'),
    });
  });
});
