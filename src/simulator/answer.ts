/** What goes over the wire. A body is the exact text. */
export interface Answer {
  readonly status: number;
  readonly body?: string;
  /** Instead of `body`: the same in UTF-8, where it is kept so. */
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  /** False where the answer costs nothing of the rate limit whatever its status. */
  readonly charged?: boolean;
}

const DOCS = 'https://docs.github.com/rest';

export function withBody(answer: Answer, body: string | Buffer): Answer {
  return typeof body === 'string' ? { ...answer, body } : { ...answer, bytes: body };
}

/** For whoever looks into a body. */
export function asText({ bytes, ...answer }: Answer): Answer {
  return bytes ? { ...answer, body: bytes.toString() } : answer;
}

export function json(body: unknown, headers: Record<string, string> = {}): Answer {
  return { status: 200, body: JSON.stringify(body), headers };
}

/** GitHub's error body; `status` is a string in it. */
export function problem(status: number, message: string, page = '', extra: object = {}): Answer {
  const documentation_url = page.startsWith('https:') ? page : `${DOCS}${page}`;
  const body = JSON.stringify({ message, ...extra, documentation_url, status: String(status) });
  return { status, body };
}

export function notFound(page = ''): Answer {
  return problem(404, 'Not Found', page);
}

/** The refusal of a value in the query. */
export function invalid(resource: string, field: string, page: string): Answer {
  return problem(422, 'Validation Failed', page, {
    errors: [{ resource, field, code: 'invalid' }],
  });
}
