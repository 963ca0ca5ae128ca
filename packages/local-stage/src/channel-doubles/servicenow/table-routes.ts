import * as z from 'zod';
import type { DoubleAnswer, DoubleRequest } from '../http-double.ts';
import { parseJson } from '../parse-json.ts';
import { queried } from './encoded-query.ts';
import type { IncidentTable } from './incident-table.ts';
import type { DoubleIncident, ServiceNowDoubleOptions } from './types.ts';

export interface TableDesk {
  readonly options: ServiceNowDoubleOptions;
  readonly table: IncidentTable;
}

const record = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]).transform(String),
);

/** States in which an incident takes no change of state. */
const final = new Set(['7', '8']);

/** Errors as the Table API words them. */
export function problem(status: number, message: string, detail: string | null): DoubleAnswer {
  return { status, body: { error: { message, detail }, status: 'failure' } };
}

const noRecord = problem(
  404,
  'No Record found',
  "Record doesn't exist or ACL restricts the record retrieval",
);

export function list({ options, table }: TableDesk, request: DoubleRequest): DoubleAnswer {
  const fits = queried(request.query.get('sysparm_query') ?? '', options);
  const rows = table.all().filter((row) => !row.isDeleted && fits(row));
  const limit = Number(request.query.get('sysparm_limit') ?? 10_000);
  const result = rows.slice(0, limit).map((row) => shown(options, row, request));
  return { status: 200, headers: { 'x-total-count': `${rows.length}` }, body: { result } };
}

export function get({ options, table }: TableDesk, sysId: string, request: DoubleRequest) {
  const row = table.find(sysId);
  return row ? { status: 200, body: { result: shown(options, row, request) } } : noRecord;
}

export function create({ options, table }: TableDesk, request: DoubleRequest): DoubleAnswer {
  const parsed = record.safeParse(parseJson(request.body));
  if (!parsed.success) return unreadable();
  const missing = (options.requiredFields ?? []).filter((name) => !parsed.data[name]);
  if (missing.length > 0) return policy(missing);
  const row = table.create(parsed.data);
  return { status: 201, body: { result: shown(options, row, request) } };
}

export function change({ options, table }: TableDesk, sysId: string, request: DoubleRequest) {
  const row = table.find(sysId);
  if (!row) return noRecord;
  const parsed = record.safeParse(parseJson(request.body));
  if (!parsed.success) return unreadable();
  const { state } = parsed.data;
  const isMoved = state !== undefined && state !== row.fields.state;
  if (isMoved && final.has(row.fields.state ?? '')) {
    return problem(
      403,
      'Operation Failed',
      'Operation against file incident was aborted by Business Rule',
    );
  }
  const missing = isMoved && state === '6' ? ['close_code', 'close_notes'] : [];
  const absent = missing.filter((name) => !(parsed.data[name] ?? row.fields[name]));
  if (absent.length > 0) return policy(absent);
  const changed = table.change(sysId, parsed.data) ?? row;
  return { status: 200, body: { result: shown(options, changed, request) } };
}

function policy(missing: readonly string[]): DoubleAnswer {
  const detail = `Data Policy Exception: The following fields are mandatory: ${missing.join(', ')}`;
  return problem(403, 'Operation Failed', detail);
}

const unreadable = () =>
  problem(400, 'Exception while reading request', 'The payload is not valid JSON');

/** The fields that were asked for. */
function shown(options: ServiceNowDoubleOptions, row: DoubleIncident, request: DoubleRequest) {
  const { assigned_to = '' } = row.fields;
  const name = options.people?.[assigned_to];
  const all: Readonly<Record<string, string>> = {
    ...{ ...row.fields, sys_id: row.sysId, number: row.number },
    ...(name !== undefined && { 'assigned_to.name': name }),
  };
  const names = request.query.get('sysparm_fields')?.split(',') ?? Object.keys(all);
  const hidden = options.hidesCorrelation === true ? ['correlation_id'] : [];
  const told = names.filter((name) => !hidden.includes(name));
  return Object.fromEntries(told.map((name) => [name, all[name] ?? '']));
}
