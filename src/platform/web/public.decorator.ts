import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'isPublic';

/** Allows everybody, signed in or not. A route without it requires a sign-in. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
