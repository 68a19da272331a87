/** An error with a message for people: what happened, and what to do next. It never contains a secret. */
export class PublicError extends Error {
  constructor(
    /** The HTTP status, where the error answers a request. */
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
