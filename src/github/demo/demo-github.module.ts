import { DynamicModule, Global, Module } from '@nestjs/common';
import { DemoGithub, type StartDemo } from './demo-github.js';

/** Provides the function that starts the simulated GitHub; undefined if there is none. */
@Global()
@Module({})
export class DemoGithubModule {
  static forRoot(start: StartDemo | undefined): DynamicModule {
    const provider = { provide: DemoGithub, useFactory: () => new DemoGithub(start) };
    return { module: DemoGithubModule, providers: [provider], exports: [provider] };
  }
}
