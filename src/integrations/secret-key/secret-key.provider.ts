import type { Provider } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Secrets } from '../../platform/secrets/secrets.js';
import { checkSecretKey } from './check-secret-key.js';

const SECRET_KEY_CHECKED = Symbol('SECRET_KEY_CHECKED');

/** A provider, because Nest creates all providers before any lifecycle hook runs. */
export const secretKeyChecked: Provider = {
  provide: SECRET_KEY_CHECKED,
  inject: [DataSource, Secrets],
  useFactory: checkSecretKey,
};
