import { ValidationError, ValidationPipe } from '@nestjs/common';
import { PublicError } from '../public-error.js';

/** Takes a request's body and query only in the form that its DTO says. @throws PublicError 422 that names the field */
export const validation = (): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) => invalid(errors),
  });

function invalid(errors: ValidationError[]): PublicError {
  const problems = errors.flatMap(({ constraints }) => Object.values(constraints ?? {}));
  return new PublicError(
    422,
    'validation_failed',
    `The request is not valid: ${problems.join('; ')}.`,
    'Correct it and send it again; /docs shows what is expected.',
  );
}
