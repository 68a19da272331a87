import type { LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { ProxyConfig } from '../../config/proxy-config.js';
import { ProxyFailure } from './proxy-failure.js';
import { proxyFor } from './proxy-for.js';

type Connector = buildConnector.connector;

export interface DispatcherOptions {
  /** A longer answer is a failure. */
  maxBytes: number;
  /** Finds the addresses of a name; undefined for the system's function. */
  lookup?: LookupFunction;
}

/**
 * Connections to one origin, directly or through a proxy, kept alive for the next request. A proxy gets CONNECT, even
 * for http://, so that its refusals differ from the server's answers.
 */
export function dispatcherFor(
  origin: string,
  proxies: ProxyConfig,
  { maxBytes, lookup }: DispatcherOptions,
): Dispatcher {
  const proxy = proxyFor(origin, proxies);
  const options = { maxResponseSize: maxBytes };
  if (!proxy) return new Agent({ ...options, connect: { lookup } });
  return new ProxyAgent({
    ...options,
    uri: proxy.origin,
    token: credentialsOf(proxy),
    clientFactory: (url, pool) => new Pool(url, named(pool as Pool.Options, toProxy(proxy.host))),
    factory: (url, pool) =>
      new Pool(url, named(pool as Pool.Options, throughProxy(proxy.host, lookup))),
  });
}

/** The options of a pool whose connector is wrapped. Undici always gives it as a function here. */
const named = (options: Pool.Options, wrap: (connect: Connector) => Connector): Pool.Options => ({
  ...options,
  connect: wrap(options.connect as Connector),
});

/** Adds the proxy to the error where it cannot be reached. */
const toProxy =
  (proxy: string) =>
  (connect: Connector): Connector =>
  (options, callback) =>
    connect(options, (error, socket) => {
      if (error) callback(new ProxyFailure(proxy, undefined, { cause: error }), null);
      else callback(null, socket);
    });

/** The proxy looks up the name itself. With `lookup`, it does not get names that `lookup` refuses. */
const throughProxy =
  (proxy: string, lookup?: LookupFunction) =>
  (connect: Connector): Connector =>
  (options, callback) => {
    const open = () =>
      connect(options, (error, socket) => {
        if (error) callback(refusalOf(proxy, error), null);
        else callback(null, socket);
      });
    if (!lookup) return open();
    lookup(options.hostname, { all: true }, (error) => {
      if (error) callback(error, null);
      else open();
    });
  };

/** Undici gives the status of the proxy's answer only in the message. */
function refusalOf(proxy: string, error: Error): Error {
  const [, status] = /^Proxy response \((\d+)\)/.exec(error.message) ?? [];
  return status ? new ProxyFailure(proxy, Number(status), { cause: error }) : error;
}

function credentialsOf({ username, password }: URL): string | undefined {
  if (!username) return undefined;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
