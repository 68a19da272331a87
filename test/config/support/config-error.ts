import { loadConfig } from '../../../src/config/config.js';
import { ConfigError } from '../../../src/config/config-error.js';

/** Why these variables are refused. @throws Error where they are accepted */
export function configErrorOf(variables: NodeJS.ProcessEnv): ConfigError {
  try {
    loadConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}
