import { AWKWARD_NAMES, NAME_STYLES, type NameStyle } from './names.js';
import type { Random } from './random.js';
import type { UserDetails } from './user.js';

const LARGEST_USUAL_ID = 240_000_000;
/** Nothing in GitHub's REST description keeps ids within 32 bits, so a few of ours are not. */
const WIDE_IDS = [2 ** 31, 2 ** 33] as const;

const MAIL_DOMAINS = ['example.com', 'example.org', 'mail.example.net'] as const;

/** Somebody who could be on GitHub. The login may be taken already: the world adds a number then. */
export function inventPerson(random: Random): UserDetails {
  const { name, login } = inventName(random);
  return {
    id: random.chance(0.02) ? random.between(...WIDE_IDS) : random.between(1, LARGEST_USUAL_ID),
    login,
    name: random.chance(0.12) ? null : name,
    email: random.chance(0.4) ? null : `${login}@${random.pick(MAIL_DOMAINS)}`,
    twoFactor: !random.chance(0.03),
  };
}

export function inventName(random: Random): { name: string; login: string } {
  const style = random.pick(NAME_STYLES);
  const [given, givenLatin] = random.pick(style.given);
  const [family, familyLatin] = random.pick(style.family);
  const name = random.chance(0.01) ? random.pick(AWKWARD_NAMES) : written(style, given, family);
  return { name, login: inventLogin(random, givenLatin, familyLatin) };
}

function written(style: NameStyle, given: string, family: string): string {
  const parts = style.familyFirst ? [family, given] : [given, family];
  return parts.join(style.separator ?? ' ');
}

function inventLogin(random: Random, given: string, family: string): string {
  const forms = [
    `${given}-${family}`,
    `${given}${family}`,
    `${given.charAt(0)}${family}`,
    `${given}${random.between(1, 999)}`,
    `${given.charAt(0).toUpperCase()}${given.slice(1)}-${family.charAt(0).toUpperCase()}`,
  ];
  return random.pick(forms);
}
