import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** What the web answers on its own. */
@Module({ controllers: [HealthController] })
export class WebModule {}
