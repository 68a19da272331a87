import { Global, Module } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { keptSecretKey } from './secret-key.js';
import { Secrets } from './secrets.js';

@Global()
@Module({
  providers: [
    {
      provide: Secrets,
      inject: [CONFIG],
      useFactory: async ({ secretKey, dataDir }: Config) =>
        new Secrets(secretKey ?? (await keptSecretKey(dataDir))),
    },
  ],
  exports: [Secrets],
})
export class SecretsModule {}
