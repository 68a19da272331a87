import { DynamicModule, Global, Module } from '@nestjs/common';
import { Config } from './config.js';

/** The token under which the configuration is injected. */
export const CONFIG = Symbol('CONFIG');

@Global()
@Module({})
export class ConfigModule {
  static forRoot(config: Config): DynamicModule {
    const provider = { provide: CONFIG, useValue: config };
    return { module: ConfigModule, providers: [provider], exports: [provider] };
  }
}
