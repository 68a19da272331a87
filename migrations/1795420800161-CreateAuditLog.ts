import { MigrationInterface, QueryRunner } from 'typeorm';
import { oneOf, words } from './support/schema.js';

/** The audit log: who did what, when, in one chain for each team. It outlives the team. */
export class CreateAuditLog1795420800161 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, table, isSqlite } = words(queryRunner);
    const json = isSqlite ? 'text' : 'longtext';
    await queryRunner.query(
      `CREATE TABLE audit_entries (
        id ${id},
        team_id int NOT NULL,
        number int NOT NULL,
        at ${dateTime} NOT NULL,
        actor_kind varchar(10) NOT NULL ${oneOf('actor_kind', 'user', 'token', 'command', 'server')},
        actor_name varchar(254) NOT NULL,
        action varchar(40) NOT NULL,
        subject varchar(300) NOT NULL,
        address varchar(64),
        \`before\` ${json},
        \`after\` ${json},
        hash char(64) NOT NULL
      ) ${table}`,
    );
    await queryRunner.query(
      'CREATE UNIQUE INDEX audit_entries_by_number ON audit_entries (team_id, number)',
    );
    for (const [name, columns] of INDEXES)
      await queryRunner.query(
        `CREATE INDEX audit_entries_by_${name} ON audit_entries (${columns})`,
      );
    await queryRunner.query(
      `CREATE TABLE audit_chains (
        team_id int PRIMARY KEY NOT NULL,
        last_number int NOT NULL,
        last_hash char(64) NOT NULL,
        pruned_number int NOT NULL,
        pruned_hash char(64) NOT NULL
      ) ${table}`,
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE audit_chains');
    await queryRunner.query('DROP TABLE audit_entries');
  }
}

/** The page shows the newest first, of everybody, an actor, an action, or both. */
const INDEXES = [
  ['time', 'team_id, at, id'],
  ['actor', 'team_id, actor_name, at, id'],
  ['action', 'team_id, action, at, id'],
  ['both', 'team_id, actor_name, action, at, id'],
];
