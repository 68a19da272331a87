import { loadConfig } from '../../src/config/config.js';
import type { DatabaseConfig } from '../../src/config/database-config.js';

/** The configuration that a value of `DATABASE_URL` leads to. */
export const databaseConfigOf = (url: string): DatabaseConfig =>
  loadConfig({ DATABASE_URL: url, SECRET_KEY: 'a'.repeat(64) }).database;
