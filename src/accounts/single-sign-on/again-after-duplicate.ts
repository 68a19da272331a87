import { isDuplicate } from '../../platform/database/dialect.js';

/** Two first sign-ins of one person at once: the second finds what the first made. */
export async function againAfterDuplicate<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (isDuplicate(error)) return attempt();
    throw error;
  }
}
