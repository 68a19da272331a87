/**
 * Octokit reads JSON with a parser that is good for integers of any size, and ten times slower than the one at hand; GitHub's
 * ids are none of those. So it is told to leave the body as it is.
 */
export const UNPARSED = { parseSuccessResponseBody: false };

/** The answer with its body read: JSON, or the text where it is none, as Octokit has it. */
export async function parsed<T extends { data: unknown }>(answer: T): Promise<T> {
  const { data } = answer;
  const text = data instanceof ReadableStream ? await new Response(data).text() : data;
  return typeof text === 'string' ? { ...answer, data: asJson(text) } : answer;
}

/** Half of a character can only come as an escape: it has no form in UTF-8. */
const SURROGATE = /\\u[dD][89a-fA-F]/;

/** No database takes half a character for text, nor for JSON. */
const wellFormed = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed() : value;

function asJson(text: string): unknown {
  try {
    return JSON.parse(text, SURROGATE.test(text) ? wellFormed : undefined);
  } catch {
    // Cut JSON or a page of HTML: whoever checks the shape of the answer says so.
    return text;
  }
}
