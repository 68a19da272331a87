import { ConfigError } from './config-error.js';

/**
 * Some shells and tools remove the quotes around a value, others keep them. No value of Rollcall needs quotes.
 * @throws ConfigError where a value begins and ends with the same quote
 */
export function refuseQuotes(variable: string, value: string): void {
  if (!/^(["']).*\1$/s.test(value)) return;
  throw new ConfigError(
    variable,
    `has quotes (${value[0]}) around its value; remove them at both ends`,
  );
}
