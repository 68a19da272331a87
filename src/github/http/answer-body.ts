/**
 * Octokit's JSON parser handles integers of any size, and is ten times slower than `JSON.parse`. Only ids of deliveries
 * are so large, and are handled below, so Octokit must not parse the body.
 */
export const UNPARSED = { parseSuccessResponseBody: false };

/** The answer with its body parsed: JSON, or the text if it is none, as in Octokit. */
export async function parsed<T extends { data: unknown }>(answer: T): Promise<T> {
  const { data } = answer;
  const text = data instanceof ReadableStream ? await new Response(data).text() : data;
  return typeof text === 'string' ? { ...answer, data: asJson(text) } : answer;
}

/** A lone surrogate can only come as an escape: UTF-8 cannot encode it. */
const SURROGATE = /\\u[dD][89a-fA-F]/;

/** No database accepts a lone surrogate in text or JSON. */
const wellFormed = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed() : value;

/** An id that a number may not hold exactly. Within a JSON string, the quotes would be escaped. */
const LARGE_ID = /"id":\s*(\d{16,})/g;

function asJson(answer: string): unknown {
  const text = answer.replace(LARGE_ID, (whole, id) =>
    Number.isSafeInteger(Number(id)) ? whole : `"id":"${id}"`,
  );
  try {
    return JSON.parse(text, SURROGATE.test(text) ? wellFormed : undefined);
  } catch {
    // Cut JSON or an HTML page: the check of the answer's shape reports it.
    return answer;
  }
}
