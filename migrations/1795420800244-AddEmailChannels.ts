import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** Who gets the mail of a channel, and who has got a mail that is still tried for others. */
export class AddEmailChannels1795420800244 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { json } = words(queryRunner);
    await addColumns(queryRunner, 'notification_channels', [`recipients ${json} NULL`]);
    await addColumns(queryRunner, 'notification_deliveries', [`reached ${json} NULL`]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'notification_deliveries', ['reached']);
    await dropColumns(queryRunner, 'notification_channels', ['recipients']);
  }
}
