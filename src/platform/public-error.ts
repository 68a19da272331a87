/** An error that speaks to people: what happened, and what to do next. It never holds a secret. */
export class PublicError extends Error {
  constructor(
    /** HTTP's status, where the error is the answer to a request. */
    readonly status: number,
    /** Stable: clients rely on it. */
    readonly code: string,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
