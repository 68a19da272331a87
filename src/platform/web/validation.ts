import { type ArgumentMetadata, ValidationError, ValidationPipe } from '@nestjs/common';
import { PublicError } from '../public-error.js';
import { isDeeperThan, MAX_BODY_DEPTH } from './json-depth.js';

/** The most faults in one answer. */
const MAX_FAULTS_NAMED = 5;

/**
 * Accepts a request's body and query only in the form of their DTO.
 * @throws PublicError 422 `validation_failed` that names each wrong field; 422 `body_too_deep`
 */
export class Validation extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) => validationFailed(errors.flatMap((error) => faultsOf(error))),
    });
  }

  /** The validation is recursive: a body nested too deep would exhaust the stack. */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && isDeeperThan(value, MAX_BODY_DEPTH)) throw bodyTooDeep();
    return super.transform(value, metadata);
  }

  /** Keeps an id in a path as text: as numbers, '1e3' and '0x10' would be valid ids. */
  protected override transformPrimitive(value: unknown): unknown {
    return value;
  }
}

const bodyTooDeep = () =>
  new PublicError(
    422,
    'body_too_deep',
    `The body is nested deeper than ${MAX_BODY_DEPTH} levels.`,
    'Send only the fields in the documentation of this route.',
  );

interface Fault {
  field: string;
  problem: string;
}

export function validationFailed(all: Fault[]): PublicError {
  const faults = all.slice(0, MAX_FAULTS_NAMED);
  const fields = faults.map(({ field }) => `'${field}'`).join(' and ');
  return new PublicError(
    422,
    'validation_failed',
    `${faults.map(({ problem }) => problem).join('; ')}.`,
    `Correct ${fields} and send it again.`,
  );
}

/** Also the faults of nested fields, with their path as the name: `owner.email`. */
function faultsOf(error: ValidationError, parent = ''): Fault[] {
  const field = `${parent}${error.property}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    problem: rule === 'whitelistValidation' ? `'${field}' is not a known field` : parent + message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => faultsOf(child, `${field}.`))];
}
