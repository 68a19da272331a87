/** A proxy could not be used. Its message and its cause contain no password. */
export class ProxyFailure extends Error {
  constructor(
    /** HOST:PORT of the proxy. */
    readonly proxy: string,
    /** The status of the proxy's answer to CONNECT; undefined where it could not be reached. */
    readonly status: number | undefined,
    options: ErrorOptions,
  ) {
    super(
      status
        ? `The proxy ${proxy} answered ${status} to CONNECT.`
        : `The proxy ${proxy} could not be reached.`,
      options,
    );
  }
}
