import { PublicError } from '../public-error.js';

/** The error for people and clients when the database has no disk space left. */
const DISK_FULL = {
  status: 507,
  code: 'disk_full',
  detail: 'The database disk is full.',
  remedy:
    'No stored data was lost. Free space on the disk of DATA_DIR or of the database server, and try again.',
};

export function diskFull(cause: unknown): PublicError {
  const { status, code, detail, remedy } = DISK_FULL;
  return new PublicError(status, code, detail, remedy, { cause });
}
