/** A wrong value in the environment. Its message is one line that names the variable and the mend. */
export class ConfigError extends Error {
  /** @param file the variable that names the file from which the value was read */
  constructor(
    readonly variable: string,
    readonly problem: string,
    file?: string,
  ) {
    super(`${variable}${file ? ` (from ${file})` : ''} ${problem}.`);
  }
}
