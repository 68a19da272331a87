/** A wrong value in the environment. Its message is one line that names the variable and the mend. */
export class ConfigError extends Error {
  constructor(
    readonly variable: string,
    problem: string,
  ) {
    super(`${variable} ${problem}.`);
  }
}
