import { errorText } from '../../process/error-text.js';

/** How many causes are followed. */
const MAX_DEPTH = 10;

/**
 * An error and its causes as text for the log: messages and stacks only. Other properties of an error may contain a
 * request's headers or a query's parameters, and so secrets. Each part has a bounded length.
 */
export function errorChain(error: unknown, depth = MAX_DEPTH): string {
  if (!(error instanceof Error)) return `Thrown: ${typeof error}`;
  const causes = error instanceof AggregateError ? error.errors : [error.cause];
  return [
    errorText(error),
    ...causes
      .filter((cause) => cause !== undefined && depth > 1)
      .map((cause) => `Caused by ${errorChain(cause, depth - 1)}`),
  ].join('\n');
}
