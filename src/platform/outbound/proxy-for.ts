import ipaddr from 'ipaddr.js';
import type { ProxyConfig } from '../../config/proxy-config.js';

interface Host {
  /** In lower case; an IPv6 address without brackets. */
  name: string;
  port: string;
}

/** The proxy for requests to `origin`; undefined for a direct connection. */
export function proxyFor(origin: string, { http, https, exempt }: ProxyConfig): URL | undefined {
  const { protocol, hostname, port } = new URL(origin);
  const proxy = protocol === 'https:' ? https : http;
  const host = {
    name: hostname.replace(/^\[|\]$/g, '').replace(/\.$/, ''),
    port: port || (protocol === 'https:' ? '443' : '80'),
  };
  return proxy && !exempt.some((entry) => isExempt(host, entry)) ? proxy : undefined;
}

function isExempt({ name, port }: Host, entry: string): boolean {
  if (entry === '*') return true;
  const exempt = hostOf(entry);
  if (exempt.port && exempt.port !== port) return false;
  if (ipaddr.isValid(name)) return isInRange(ipaddr.process(name), exempt.name);
  const domain = exempt.name.replace(/^\*?\./, '').replace(/\.$/, '');
  return name === domain || name.endsWith(`.${domain}`);
}

/** `port` is empty where the entry has none. */
function hostOf(entry: string): Host {
  // An IPv6 address without brackets has colons and no port.
  if (ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)) return { name: entry, port: '' };
  const [, name = '', port = ''] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  return { name, port };
}

function isInRange(address: ipaddr.IPv4 | ipaddr.IPv6, entry: string): boolean {
  if (ipaddr.isValid(entry)) return ipaddr.process(entry).toString() === address.toString();
  if (!ipaddr.isValidCIDR(entry)) return false;
  const range = ipaddr.parseCIDR(entry);
  return range[0].kind() === address.kind() && address.match(range);
}
