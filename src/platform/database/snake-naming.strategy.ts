import { DefaultNamingStrategy } from 'typeorm';

/** `memberSyncStatus` is the column `member_sync_status`. */
export class SnakeNamingStrategy extends DefaultNamingStrategy {
  override columnName(property: string, given: string | undefined): string {
    return given ?? property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }
}
