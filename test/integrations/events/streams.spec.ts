import { describe, expect, it, vi } from 'vitest';
import { LiveSessions } from '../../../src/accounts/sessions/live-sessions.js';
import { Session } from '../../../src/accounts/sessions/session.entity.js';
import { Membership } from '../../../src/accounts/users/membership.entity.js';
import { Member } from '../../../src/members/member.entity.js';
import { startPages } from '../../pages/support/pages.js';
import { beside, environmentBeside } from '../../support/beside.js';
import { setDisabled } from '../../support/disabling.js';
import { EventReader } from '../../support/event-reader.js';
import { syncToEnd } from '../../support/runs.js';
import { ways } from '../../support/service.js';
import { signedIn, startWeb } from '../../support/web.js';

/** An integration whose last change is older than any page. */
async function started(way: (typeof ways)[number]) {
  const pages = await startPages({ members: 5, ...way });
  const { service, integration, of } = pages;
  await syncToEnd(service, integration.id);
  const long = '2020-01-01 00:00:00.000';
  await service.dataSource.query(`UPDATE member_changes SET made_at = '${long}'`);
  await service.dataSource.query(`UPDATE member_sync_runs SET finished_at = '${long}'`);
  return { ...pages, events: `${of}/events` };
}

/** A stream that has told what is there. */
async function opened(...[client, path, headers]: Parameters<typeof EventReader.open>) {
  const stream = await EventReader.open(client, path, headers);
  const first = await stream.next();
  return { stream, first };
}

describe.each(ways)('the stream of an open page, $way', (way) => {
  it('tells what a run of another process changes, and that the run began and ended', async () => {
    const { service, admin, organization, others, integration, events } = await started(way);
    const worker = await beside(service);
    const { stream, first } = await opened(admin, events);
    expect(first).toEqual({ id: expect.stringMatching(/^\w{16}-\w{16}$/) });
    const [leaver] = others;
    if (leaver) organization.leave(leaver);
    await syncToEnd(worker, integration.id);
    await stream.until('members');
    await stream.until('run');
  }, 20_000);

  it('of two web processes tells what an admin does by hand', async () => {
    const { service, admin, events } = await started(way);
    const other = await startWeb({ env: environmentBeside(service) });
    const { stream } = await opened(await signedIn(other), events);
    const { stream: own } = await opened(admin, events);
    const [member] = await service.dataSource.manager.find(Member);
    if (member) await setDisabled(service, member, { disabled: true });
    await Promise.all([stream.until('members'), own.until('members')]);
  }, 20_000);

  it('that opens again tells what its page has not seen, and a new one what is so new that its page may be older', async () => {
    const { service, admin, integration, events } = await started(way);
    const { stream, first } = await opened(admin, events);
    await stream.leave();
    const headers = { 'Last-Event-ID': first?.id ?? '' };
    const same = await opened(admin, events, headers);
    expect(same.first).toEqual(first);
    await syncToEnd(service, integration.id);
    await same.stream.until('run');
    await same.stream.leave();
    const late = await opened(admin, events, headers);
    expect(await late.stream.next()).toMatchObject({ event: 'run' });
    const fresh = await opened(admin, events);
    expect(await fresh.stream.next()).toMatchObject({ event: 'run' });
  }, 20_000);

  it('ends with its session: at the sign-out at once, elsewhere ended or without the team at the next check', async () => {
    const { service, admin, events } = await started(way);
    const member = await signedIn(service, { role: 'member' });
    const leaver = await signedIn(service, { role: 'member', email: 'leaver@example.org' });
    const [ofAdmin, ofMember, ofLeaver] = await Promise.all(
      [admin, member, leaver].map(async (one) => (await opened(one, events)).stream),
    );
    const { manager } = service.dataSource;
    await admin.post('/sign-out');
    await ofAdmin?.ended();

    const [first, second] = await manager.find(Session);
    await manager.delete(Membership, { userId: second?.userId ?? 0 });
    await manager.update(Session, { idHash: first?.idHash }, { recheckAt: new Date(0) });
    await service.app.get(LiveSessions, { strict: false }).check();
    await Promise.all([ofMember?.ended(), ofLeaver?.ended()]);
  }, 20_000);

  it('ends with the server, which does not wait for it', async () => {
    const { service, admin, events } = await started(way);
    const other = await startWeb({ env: environmentBeside(service) });
    const { stream } = await opened(await signedIn(other), events);
    const { stream: own } = await opened(admin, events);
    await Promise.all([other.app.close(), stream.ended()]);
    await own.leave();
  }, 20_000);
});

it('is of one team, and never stored, compressed or buffered', async () => {
  const { service, events, admin } = await started(ways[0]);
  const { stream } = await opened(admin, events, { 'Accept-Encoding': 'gzip' });
  const { headers, status } = stream.response;
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/event-stream');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-accel-buffering')).toBe('no');
  expect(headers.get('content-encoding')).toBe(null);
  await stream.leave();
  const stranger = await signedIn(service, { team: 'other' });
  expect((await stranger.get(events)).status).toBe(404);
  await stranger.post('/sign-out');
  const signedOut = await stranger.get(events, { 'HX-Request': 'true' });
  expect([signedOut.status, signedOut.headers.get('HX-Redirect')]).toEqual([401, '/sign-in']);
  expect((await stranger.get(events)).headers.get('location')).toMatch(/^\/sign-in/);
  const head = await fetch(admin.url + events, {
    method: 'HEAD',
    headers: { cookie: admin.cookie },
  });
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
});

it('is open at most twenty times for one user', async () => {
  const { service, events, admin } = await started(ways[0]);
  const streams = await Promise.all(
    Array.from({ length: 20 }, () => EventReader.open(admin, events)),
  );
  const refused = await admin.get(events, { 'HX-Request': 'true' });
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '60']);
  const other = await signedIn(service, { role: 'member' });
  expect((await EventReader.open(other, events)).response.status).toBe(200);
  await streams[0]?.leave();
  await vi.waitFor(async () => {
    const again = await EventReader.open(admin, events);
    expect(again.response.status).toBe(200);
  });
});
