import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'isPublic';

/** Lets everybody in, signed in or not. Without it a route requires a sign-in. */
export const Public = () => SetMetadata(IS_PUBLIC, true);
