import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSourceOptions } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { dataSourceOptions } from './data-source.js';
import { prepareDatabaseFiles } from './database-files.js';
import { openDataSource } from './open-data-source.js';

/** The one data source, opened with an up-to-date schema. Modules register their own entities. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: async (config: Config) => {
        await prepareDatabaseFiles(config);
        return {
          ...(await dataSourceOptions(config.database, [])),
          autoLoadEntities: true,
          // Report a database that is down at once; the supervisor of the process tries again.
          retryAttempts: 0,
          toRetry: () => false,
        };
      },
      dataSourceFactory: (options) => openDataSource(options as DataSourceOptions),
    }),
  ],
})
export class DatabaseModule {}
