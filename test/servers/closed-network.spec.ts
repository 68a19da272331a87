import { lookup } from 'node:dns/promises';
import { createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { expect, it } from 'vitest';
import { takeBlockedHosts } from '../support/servers/closed-network.js';

const failure = (socket: NodeJS.EventEmitter) =>
  new Promise<Error>((resolve) => socket.once('error', resolve));
const pretend =
  (address: string): LookupFunction =>
  (_host, options, callback) =>
    options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4);

it('refuses to fetch from outside, naming the host', async () => {
  const naming = (host: string) => ({
    cause: expect.objectContaining({ message: expect.stringContaining(`reach ${host}.`) }),
  });
  await expect(fetch('http://192.0.2.1')).rejects.toMatchObject(naming('192.0.2.1'));
  await expect(fetch('https://github.test')).rejects.toMatchObject(naming('github.test'));
  expect(takeBlockedHosts()).toEqual(['192.0.2.1', 'github.test']);
});

it('refuses raw sockets, TLS and look-ups', async () => {
  expect((await failure(connect(80, '192.0.2.1'))).message).toContain('192.0.2.1');
  expect((await failure(connectTls(443, '2001:db8::1'))).message).toContain('2001:db8::1');
  await expect(lookup('example.com')).rejects.toThrow('example.com');
  expect(takeBlockedHosts()).toEqual(['192.0.2.1', '2001:db8::1', 'example.com']);
});

it('lets loopback through, by address, by name and by a lookup of one’s own', async () => {
  const server = createServer((_request, response) => response.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (const host of ['127.0.0.1', 'localhost'])
    expect(await (await fetch(`http://${host}:${port}`)).text()).toBe('here');
  const socket = connect({ port, host: 'github.test', lookup: pretend('127.0.0.1') });
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.destroy();
  server.close();
});

it('refuses where a lookup of one’s own leads outside', async () => {
  const socket = connect({ port: 80, host: 'github.test', lookup: pretend('192.0.2.7') });
  expect((await failure(socket)).message).toContain('github.test');
  expect(takeBlockedHosts()).toEqual(['github.test']);
});
