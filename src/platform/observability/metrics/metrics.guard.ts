import {
  CanActivate,
  ExecutionContext,
  Inject,
  Injectable,
  NotFoundException,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Config } from '../../../config/config.js';
import { CONFIG } from '../../../config/config.module.js';
import { PublicError } from '../../public-error.js';
import { hasMetricsToken } from './metrics-access.js';

/** Admits who has METRICS_TOKEN. Without that variable, there is nothing at the address. */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const { metricsToken } = this.config.observability;
    if (!metricsToken) throw new NotFoundException();
    const { authorization } = context.switchToHttp().getRequest<Request>().headers;
    if (hasMetricsToken(authorization, metricsToken)) return true;
    throw metricsTokenRequired();
  }
}

const metricsTokenRequired = () =>
  new PublicError(
    401,
    'metrics_token_required',
    'The metrics need a token.',
    'Send `Authorization: Bearer` with the value of METRICS_TOKEN.',
  );
