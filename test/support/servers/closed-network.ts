import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import { isIP, type LookupFunction, Socket } from 'node:net';

const blocked: string[] = [];

let isClosed = false;

/** The hosts that were dialled or looked up since the last call, in vain. */
export const takeBlockedHosts = (): string[] => blocked.splice(0);

/** Something tried to reach a host outside this machine. */
class NetworkClosedError extends Error {
  readonly code = 'NETWORK_CLOSED';

  constructor(host: string) {
    super(`The network is closed in tests, and something tried to reach ${host}.`);
  }
}

/** Lets nothing in this process connect to, or look up, anything but loopback. */
export function closeNetwork(): void {
  if (isClosed) return;
  isClosed = true;
  guardConnect();
  guardLookup();
  // Without this, `import { lookup } from 'node:dns'` would still give the open one.
  syncBuiltinESMExports();
}

function block(host: string): NetworkClosedError {
  blocked.push(host);
  return new NetworkClosedError(host);
}

const isLoopback = (host: string): boolean =>
  /^(localhost|.+\.localhost|127(\.\d+){3}|::1|::ffff:127(\.\d+){3}|::|0\.0\.0\.0)$/i.test(host);

interface Target {
  host?: string;
  path?: string;
  lookup?: LookupFunction;
}

function guardConnect(): void {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const refusal = refuse(targetOf(args));
    if (refusal) {
      // As a real failure does, it comes later: whoever dialled still has the socket to set up.
      process.nextTick(() => this.destroy(refusal));
      return this;
    }
    return Reflect.apply(connect, this, args);
  };
}

/** net.connect passes [[options, callback]], a caller may pass (options), (port, host) or (path). */
function targetOf(args: unknown[]): Target {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null) return first;
  if (Number.isNaN(Number(first))) return { path: String(first) };
  return typeof args[1] === 'string' ? { host: args[1] } : {};
}

function refuse(target: Target): NetworkClosedError | undefined {
  if (target.path || !target.host || isLoopback(target.host)) return undefined;
  if (!target.lookup || isIP(target.host)) return block(target.host);
  guardOwnLookup(target, target.lookup);
  return undefined;
}

/** A caller that brings its own lookup may send a made-up name to loopback, but to nowhere else. */
function guardOwnLookup(target: Target, lookup: LookupFunction): void {
  target.lookup = (host, options, callback) =>
    lookup(host, options, (error, found, family) => {
      const addresses = typeof found === 'string' ? [{ address: found }] : (found ?? []);
      const outside = addresses.find(({ address }) => !isLoopback(address));
      callback(error ?? (outside ? block(host) : null), found, family);
    });
}

function guardLookup(): void {
  const { lookup } = dns;
  const { lookup: promised } = dns.promises;
  // An address needs no network to be looked up.
  const open = (host: string) => isIP(host) !== 0 || isLoopback(host);
  const guarded = (host: string, ...rest: unknown[]) => {
    if (open(host)) return Reflect.apply(lookup, dns, [host, ...rest]);
    const [callback, error] = [rest.at(-1), block(host)];
    if (typeof callback === 'function') process.nextTick(() => callback(error));
  };
  // Its symbols tell util.promisify that two values come back.
  Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(lookup));
  Object.assign(dns, { lookup: guarded });
  Object.assign(dns.promises, {
    lookup: async (host: string, ...rest: unknown[]) => {
      if (open(host)) return Reflect.apply(promised, dns.promises, [host, ...rest]);
      throw block(host);
    },
  });
}
