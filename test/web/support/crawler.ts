/** What holds an address in a page. */
const ADDRESSES =
  /\s(href|(?:form)?action|src|data-icon|hx-(?:get|post|put|patch|delete))="([^"]*)"/g;

const HEADERS = ['location', 'hx-redirect', 'hx-push-url'];

interface Cookie {
  value: string;
  path: string;
}

/** A browser without a screen that sends cookies by their path, and notes each address that is not under a path of the site. */
export class Crawler {
  /** What is wrong with the addresses so far. */
  readonly faults: string[] = [];
  readonly cookies = new Map<string, Cookie>();
  /** Addresses, each with where it was found. */
  private readonly found = new Map<string, string>();
  private readonly visits = new Map<string, number>();

  constructor(
    private readonly origin: string,
    private readonly path: string,
  ) {}

  /** @param to without the origin */
  async send(to: string, init: RequestInit = {}): Promise<Response> {
    const headers = { cookie: this.cookiesFor(to), ...init.headers };
    const answer = await fetch(this.origin + to, { ...init, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) this.keep(cookie, to);
    for (const name of HEADERS) this.note(answer.headers.get(name), `${name} of ${to}`, to);
    if (/^text\/html/.test(answer.headers.get('content-type') ?? '')) await this.read(answer, to);
    return answer;
  }

  /** Sends a form as a browser does. */
  post(to: string, form: Record<string, string> = {}, headers = {}): Promise<Response> {
    const own = { Origin: this.origin, ...headers };
    return this.send(to, { method: 'POST', body: new URLSearchParams(form), headers: own });
  }

  /**
   * Visits what was found, until nothing new is: of a page with many queries, the first two. Where a form leads, reading is
   * refused, but not unknown.
   */
  async crawl(): Promise<void> {
    for (const [to, from] of this.found) {
      const [page = ''] = to.split('?');
      const visits = this.visits.get(page) ?? 0;
      if (visits === 2) continue;
      this.visits.set(page, visits + 1);
      const { status } = await this.send(to);
      if (status === 404 || status >= 500) this.faults.push(`${status}: ${from} leads to ${to}`);
    }
  }

  get addresses(): string[] {
    return [...this.found.keys()];
  }

  private async read(answer: Response, at: string): Promise<void> {
    const html = await answer.clone().text();
    for (const [, attribute, address = ''] of html.matchAll(ADDRESSES))
      this.note(
        address.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
        `${attribute} in ${at}`,
        at,
      );
  }

  private note(address: string | null, where: string, at: string): void {
    if (!address || address.startsWith('#')) return;
    const url = new URL(address, this.origin + at);
    if (url.origin !== this.origin) return;
    if (!isUnder(this.path, url.pathname)) this.faults.push(`${where}: ${address}`);
    this.found.set(url.pathname + url.search, this.found.get(url.pathname + url.search) ?? where);
  }

  private keep(cookie: string, at: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    const path = /; Path=([^;]*)/i.exec(cookie)?.[1] ?? '';
    if (!isUnder(this.path, path)) this.faults.push(`cookie of ${at}: ${cookie}`);
    if (/; Expires=Thu, 01 Jan 1970/.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, { value, path });
  }

  private cookiesFor(to: string): string {
    const sent = [...this.cookies].filter(([, { path }]) => isUnder(path, to.replace(/\?.*/, '')));
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
  }
}

/** How RFC 6265 compares the path of a cookie. */
const isUnder = (path: string, address: string): boolean =>
  address === path || address.startsWith(path.replace(/\/?$/, '/'));
