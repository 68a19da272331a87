import { webAddress } from '../errors/web-address.js';

/** The address that GitHub gives to each account; nobody else gets it (docs: email-addresses-reference). */
export function noreplyAddress(
  apiUrl: string,
  { id, login }: { id: number; login: string },
): string {
  return `${id}+${login}@users.noreply.${new URL(webAddress(apiUrl)).hostname}`.toLowerCase();
}

/** Whether both are of one account, under any login. */
export function isNoreplyOfSame(address: string, noreply: string): boolean {
  return withoutLogin(address) === withoutLogin(noreply);
}

const withoutLogin = (address: string): string =>
  address.replace(/^(\d+)\+[^@]+(?=@users\.noreply\.)/, '$1');
