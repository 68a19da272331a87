import { PublicError } from '../../platform/public-error.js';

/** What is asked of an organization of which only the directory is kept. */
export const integrationDisconnected = () =>
  new PublicError(
    409,
    'integration_disconnected',
    'The organization is disconnected. Its members cannot be synced.',
    'Connect it again. Its directory and history continue.',
  );
