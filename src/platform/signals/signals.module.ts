import { Global, Module } from '@nestjs/common';
import { ChangeSignals } from './change-signals.js';

@Global()
@Module({ providers: [ChangeSignals], exports: [ChangeSignals] })
export class SignalsModule {}
