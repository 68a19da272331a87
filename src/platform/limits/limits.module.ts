import { Global, Module } from '@nestjs/common';
import { MinuteLimits } from './minute-limits.js';

@Global()
@Module({ providers: [MinuteLimits], exports: [MinuteLimits] })
export class LimitsModule {}
