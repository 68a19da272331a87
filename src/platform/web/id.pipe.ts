import { Injectable, PipeTransform } from '@nestjs/common';
import { PublicError } from '../public-error.js';

/** An id in a path. @throws PublicError 404 for text that is not an id */
@Injectable()
export class IdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    const id = Number(value);
    if (/^[1-9]\d*$/.test(value) && Number.isSafeInteger(id)) return id;
    throw new PublicError(
      404,
      'not_found',
      `'${value}' is not a valid id. Ids are whole numbers.`,
      'Check the address, or choose from the list.',
    );
  }
}
