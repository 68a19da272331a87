import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { type AuditSender, asSender } from './audit-sender.js';

/** Gives each request a sender for the audit log. The guard names it once the caller is known. */
@Injectable()
export class AuditSenderMiddleware implements NestMiddleware {
  use({ ip }: Request, _: Response, next: NextFunction): void {
    const stranger: AuditSender = { kind: 'user', name: 'not signed in', address: ip ?? null };
    asSender(stranger, next);
  }
}
