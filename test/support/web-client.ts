/** An answer, with its text read. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** A browser without a screen: it keeps cookies, and follows no redirect by itself. */
export class WebClient {
  private readonly kept = new Map<string, string>();

  constructor(readonly url: string) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { headers });
  }

  /** Sends a form, or with `FormData` one with files. */
  post(
    path: string,
    form: Record<string, string> | [name: string, value: string][] | FormData = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body = form instanceof FormData ? form : new URLSearchParams(form);
    return this.send(path, { method: 'POST', body, headers });
  }

  /** The page that the answer redirects to. */
  follow({ headers }: Answer): Promise<Answer> {
    return this.get(headers.get('location') ?? '/');
  }

  /** The header that it sends along; '' where it has none. */
  get cookie(): string {
    return this.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  get cookies(): { name: string; value: string }[] {
    return [...this.kept].map(([name, value]) => ({ name, value }));
  }

  private async send(path: string, init: RequestInit): Promise<Answer> {
    const { cookie } = this;
    const headers = { ...init.headers, ...(cookie && { cookie }) };
    const response = await fetch(this.url + path, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  private keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    this.kept.set(name, value);
  }
}

/** What htmx sends along with the poll of the status partial. */
export const htmxPoll = { 'HX-Request': 'true', 'HX-Source': 'div#member-sync-status' };
