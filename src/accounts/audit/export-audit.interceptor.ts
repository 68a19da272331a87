import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import type { Request } from 'express';
import { mergeMap, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { recordAudit } from './record-audit.js';

const FILE_NAME = /filename="([^"]*)"/;

/** Writes each file that a person or a token takes out to the audit log, before it is sent. */
@Injectable()
export class ExportAuditInterceptor implements NestInterceptor {
  constructor(private readonly dataSource: DataSource) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<Request>();
    // Takes nothing out: its answer has no body.
    if (request.method === 'HEAD') return next.handle();
    return next.handle().pipe(
      mergeMap(async (result: unknown) => {
        if (result instanceof StreamableFile) await this.record(result, request);
        return result;
      }),
    );
  }

  private async record(file: StreamableFile, { path, query }: Request): Promise<void> {
    const disposition = String(file.getHeaders().disposition ?? '');
    const subject = FILE_NAME.exec(disposition)?.[1] ?? path;
    await inTransaction(this.dataSource, (manager) =>
      recordAudit(manager, { action: 'export', subject, after: { path, query } }),
    );
  }
}
