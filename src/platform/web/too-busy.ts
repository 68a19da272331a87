import { PublicError } from '../public-error.js';

/** 503 with `Retry-After`. It is not logged for each request: a flood would fill the disk. Who throws it tells it. */
export class TooBusy extends PublicError {
  constructor(
    code: string,
    message: string,
    remedy: string,
    /** In s. */
    readonly retryAfter: number,
    options?: ErrorOptions,
  ) {
    super(503, code, message, remedy, options);
  }
}
