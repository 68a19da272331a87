import { Controller, Get, NotFoundException, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Access } from '../../web/access.decorator.js';
import { MetricsGuard } from './metrics.guard.js';
import { Metrics } from './metrics.js';

/** For Prometheus. The token of the guard is neither a session nor an API token. */
@Access('nobody')
@UseGuards(MetricsGuard)
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  async show(@Res() response: Response): Promise<void> {
    const read = await this.metrics.read();
    if (!read) throw new NotFoundException();
    response.set('Content-Type', read.contentType).send(read.text);
  }
}
