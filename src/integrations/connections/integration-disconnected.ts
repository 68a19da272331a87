import { PublicError } from '../../platform/public-error.js';

/** The organization is disconnected; only its directory is kept. */
export const integrationDisconnected = () =>
  new PublicError(
    409,
    'integration_disconnected',
    'The organization is disconnected. Its directory is read-only.',
    'Connect it again. Its directory and history continue.',
  );
