import { DynamicModule, Global, Module } from '@nestjs/common';
import { DemoGithub, type StartDemo } from './demo-github.js';

/** Hands in how the simulated GitHub is started, from those who may know it; undefined where there is to be none. */
@Global()
@Module({})
export class DemoGithubModule {
  static forRoot(start: StartDemo | undefined): DynamicModule {
    const provider = { provide: DemoGithub, useFactory: () => new DemoGithub(start) };
    return { module: DemoGithubModule, providers: [provider], exports: [provider] };
  }
}
