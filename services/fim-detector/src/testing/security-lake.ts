import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { SecurityLakeRow } from './security-lake-row.ts';

/** The columns that the queries read, as Security Lake's table has them. */
const columns: Readonly<Record<string, string>> = {
  class_uid: 'INTEGER',
  severity: 'VARCHAR',
  severity_id: 'INTEGER',
  status: 'VARCHAR',
  time: 'BIGINT',
  time_dt: 'TIMESTAMP',
  cloud: 'STRUCT(account STRUCT(uid VARCHAR), provider VARCHAR, region VARCHAR)',
  finding_info:
    'STRUCT(uid VARCHAR, title VARCHAR, "desc" VARCHAR, types VARCHAR[], src_url VARCHAR, created_time_dt TIMESTAMP, modified_time_dt TIMESTAMP, first_seen_time_dt TIMESTAMP, last_seen_time_dt TIMESTAMP)',
  metadata:
    'STRUCT(log_version VARCHAR, product STRUCT(feature STRUCT(uid VARCHAR), name VARCHAR, uid VARCHAR, vendor_name VARCHAR), version VARCHAR)',
  resources: 'STRUCT(cloud_partition VARCHAR, region VARCHAR, type VARCHAR, uid VARCHAR)[]',
  unmapped: 'MAP(VARCHAR, VARCHAR)',
};

/** A row of an answer, by column. */
export type AnswerRow = Readonly<Record<string, unknown>>;

/** Security Lake's table in a SQL engine. */
export interface SecurityLake {
  /** Runs a query over the table; `${Table}` stands for it. */
  ask(sql: string, ...parameters: readonly string[]): Promise<readonly AnswerRow[]>;
  close(): void;
}

export async function securityLake(rows: readonly SecurityLakeRow[]): Promise<SecurityLake> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const folder = await mkdtemp(join(tmpdir(), 'riposte-lake-'));
  const file = join(folder, 'rows.ndjson');
  try {
    await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const types = Object.entries(columns).map(([name, type]) => `${name}: '${type}'`);
    await connection.run(
      `CREATE TABLE findings AS SELECT * FROM read_json('${file}', format = 'newline_delimited', columns = {${types.join(', ')}})`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
  return {
    async ask(sql, ...parameters) {
      const text = sql.replaceAll('${Table}', 'findings');
      const reader = await connection.runAndReadAll(text, [...parameters]);
      return reader.getRowObjectsJson();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
