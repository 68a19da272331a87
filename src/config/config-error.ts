/** A wrong value in the environment. Its message is one line with the variable and the remedy. */
export class ConfigError extends Error {
  /** @param file the variable that names the file with the value */
  constructor(
    readonly variable: string,
    readonly problem: string,
    file?: string,
  ) {
    super(`${variable}${file ? ` (from ${file})` : ''} ${problem}.`);
  }
}
