import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { PublicError } from '../public-error.js';
import { Public } from './public.decorator.js';

/** For whoever supervises the process. */
@Public()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  /** The process runs. */
  @Get('live')
  live() {
    return { status: 'ok' };
  }

  /** It can answer requests: the database answers. Redis being down delays runs, and stops nobody. */
  @Get('ready')
  async ready() {
    await this.dataSource.query('SELECT 1').catch((cause: unknown) => {
      throw new PublicError(
        503,
        'database_unavailable',
        'The database does not answer.',
        'Try again when it does.',
        { cause },
      );
    });
    return { status: 'ok' };
  }
}
