import type { Dispatcher } from 'undici';
import type { ProxyConfig } from '../../config/proxy-config.js';
import { type DispatcherOptions, dispatcherFor } from './dispatcher-for.js';

/** People may type any number of addresses. */
const MAX_ORIGINS = 100;

/** The dispatchers of this process, one for each origin, kept for the next request. */
export class OriginDispatchers {
  private readonly dispatchers = new Map<string, Dispatcher>();

  constructor(
    private readonly proxies: ProxyConfig,
    /** The options for trusted addresses, and for those that people type. */
    private readonly options: (isTrusted: boolean) => DispatcherOptions,
  ) {}

  /** @param isTrusted false if connections must be to public addresses */
  of(url: string, isTrusted: boolean): Dispatcher {
    const { origin } = new URL(url);
    const key = `${origin} ${isTrusted}`;
    const known = this.dispatchers.get(key);
    if (known) return known;
    const made = dispatcherFor(origin, this.proxies, this.options(isTrusted));
    const [oldest] = this.dispatchers.keys();
    // Its connections close by themselves after some idle time.
    if (oldest && this.dispatchers.size >= MAX_ORIGINS) this.dispatchers.delete(oldest);
    this.dispatchers.set(key, made);
    return made;
  }
}
