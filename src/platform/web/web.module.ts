import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** The health routes. */
@Module({ controllers: [HealthController] })
export class WebModule {}
