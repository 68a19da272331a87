import { PublicError } from '../../platform/public-error.js';

/** The error as the fault of the field to which its code belongs. Throws any other error. */
export function faultIn<F extends string>(
  error: unknown,
  fields: Record<string, F>,
): Partial<Record<F, string>> {
  const field = error instanceof PublicError ? fields[error.code] : undefined;
  if (!field || !(error instanceof PublicError)) throw error;
  return { [field]: `${error.message} ${error.remedy}` } as Partial<Record<F, string>>;
}
