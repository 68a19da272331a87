import { Global, Module } from '@nestjs/common';
import { CONFIG } from '../../config/config.module.js';
import { loadSecrets } from './secret-key.js';
import { Secrets } from './secrets.js';

@Global()
@Module({
  providers: [
    {
      provide: Secrets,
      inject: [CONFIG],
      useFactory: loadSecrets,
    },
  ],
  exports: [Secrets],
})
export class SecretsModule {}
