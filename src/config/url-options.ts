import { ConfigError } from './config-error.js';

type Options<Name extends string> = { [key in Name]?: string };

/**
 * The options after the `?` of a URL.
 * @throws ConfigError that names an option which is unknown or comes twice
 */
export function urlOptions<Name extends string>(
  variable: string,
  query: string,
  known: readonly Name[],
): Options<Name> {
  const options: Options<Name> = {};
  for (const part of query.split('&').filter((text) => text !== '')) {
    const [, given = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(part) ?? [];
    const name = known.find((one) => one === given);
    if (!name) throw new ConfigError(variable, unknown(given, known));
    if (name in options)
      throw new ConfigError(variable, `has the option '${name}' twice; remove one`);
    options[name] = value;
  }
  return options;
}

/** A long name may be a secret in the wrong place. */
function unknown(name: string, known: readonly string[]): string {
  const shown = /^[\w.-]{1,30}$/.test(name) ? `the unknown option '${name}'` : 'an unknown option';
  const takes = known.length > 0 ? `it takes ${known.join(' and ')}` : 'it takes no options';
  return `has ${shown}; remove it: ${takes}`;
}
