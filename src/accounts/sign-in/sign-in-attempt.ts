import { sha256Hex } from '../../platform/secrets/secrets.js';
import { clientNetwork } from './client-network.js';

/** Who tries to sign in, from where. The keys are SHA-256 in hex: the database stores no name or address of a failure. */
export interface SignInAttempt {
  account: string;
  network: string;
  accountKey: string;
  networkKey: string;
  /** The key of the account together with the network. */
  pairKey: string;
  /** A second key of this pair, for its successful sign-ins. */
  successKey: string;
}

/** @param address as the request or a trusted proxy gives it */
export function signInAttempt(email: string, address: string): SignInAttempt {
  const account = email.trim().toLowerCase();
  const network = clientNetwork(address);
  return {
    account,
    network,
    accountKey: sha256Hex(`account\n${account}`),
    networkKey: sha256Hex(`network\n${network}`),
    pairKey: sha256Hex(`${account}\n${network}`),
    successKey: sha256Hex(`success\n${account}\n${network}`),
  };
}
