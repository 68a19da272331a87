import ipaddr from 'ipaddr.js';

/** `192.0.2.1:4711`, `[2001:db8::1]:4711`: some proxies add the port. */
const WITH_PORT = /^\[([^\]]+)\](?::\d+)?$|^([\d.]+):\d+$/;

/**
 * The key under which attempts from an address count: the address itself; for IPv6 its /64, because one machine can use
 * all its addresses (RFC 4291, 2.5.1). Text that is not an address stays unchanged.
 */
export function clientNetwork(address: string): string {
  const [, bracketed, plain] = WITH_PORT.exec(address) ?? [];
  const bare = bracketed ?? plain ?? address;
  if (!ipaddr.isValid(bare)) return bare.slice(0, 100);
  const parsed = ipaddr.process(bare);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
