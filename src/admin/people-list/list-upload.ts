import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  PayloadTooLargeException,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { catchError, type Observable, throwError } from 'rxjs';
import { listTooLarge, MAX_LIST_SIZE } from '../../reviews/people-list/people-list-problems.js';

/** A file as a form sent it. */
export interface UploadedList {
  buffer: Buffer;
  originalname: string;
}

/** Reads the file of the form's field `file`. Use it after `ListTooLarge`. */
export const ListUpload = FileInterceptor('file', {
  limits: { fileSize: MAX_LIST_SIZE, files: 1, fields: 2 },
});

/** The limit's own error would name the limit of other bodies. */
@Injectable()
export class ListTooLarge implements NestInterceptor {
  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next
      .handle()
      .pipe(
        catchError((error) =>
          throwError(() => (error instanceof PayloadTooLargeException ? listTooLarge() : error)),
        ),
      );
  }
}

/** In bytes: others work between two pieces. */
const PIECE = 65_536;

export async function* piecesOf({ buffer }: UploadedList): AsyncGenerator<Buffer> {
  for (let at = 0; at < buffer.length; at += PIECE) yield buffer.subarray(at, at + PIECE);
}
