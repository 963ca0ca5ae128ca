import { createHash } from 'node:crypto';
import type { DoubleIncident, IncidentEvent, ServiceNowDoubleOptions } from './types.ts';

type Fields = Readonly<Record<string, string>>;

/** Fields whose values are added up, and read back as one text. */
const journals = ['work_notes', 'comments'] as const;

/** What the table has; others are dropped without a word. */
const columns = new Set([
  ...['short_description', 'description', 'state', 'impact', 'urgency', 'priority', 'category'],
  ...['subcategory', 'caller_id', 'assignment_group', 'assigned_to', 'cmdb_ci', 'contact_type'],
  ...['correlation_id', 'correlation_display', 'close_code', 'close_notes'],
]);

const longest: Readonly<Record<string, number>> = {
  short_description: 160,
  correlation_id: 100,
  correlation_display: 100,
};

export type IncidentTable = ReturnType<typeof createIncidentTable>;

/** The incident table of the double. */
export function createIncidentTable(options: ServiceNowDoubleOptions) {
  const now = options.now ?? (() => new Date());
  const rows = new Map<string, DoubleIncident>();

  function find(sysId: string): DoubleIncident | undefined {
    const row = rows.get(sysId);
    return row?.isDeleted ? undefined : row;
  }

  function write(row: DoubleIncident, sent: Fields, isNew: boolean): DoubleIncident {
    const at = now().toISOString();
    const keepsState = options.keepsState === true && !isNew;
    const own = Object.entries(sent).filter(
      ([name]) => columns.has(name) && !(name === 'state' && keepsState),
    );
    const cut = own.map(([name, value]) => [name, value.slice(0, longest[name] ?? 4_000)]);
    const fields: Fields = { ...row.fields, ...Object.fromEntries(cut) };
    const events = eventsOf(row, { sent, fields, at });
    const written = { ...row, fields, events: [...row.events, ...events] };
    rows.set(row.sysId, written);
    return written;
  }

  return {
    all: (): readonly DoubleIncident[] => [...rows.values()],
    find,
    create(sent: Fields): DoubleIncident {
      const number = `INC${`${10_000 + rows.size + 1}`.padStart(7, '0')}`;
      const sysId = createHash('md5').update(number).digest('hex');
      const at = now().toISOString();
      const events = [{ kind: 'created' as const, text: sent.short_description ?? '', at }];
      const row = { sysId, number, fields: { state: '1' }, events, isDeleted: false };
      const given = options.assignedTo === undefined ? {} : { assigned_to: options.assignedTo };
      return write(row, { ...given, ...sent }, true);
    },
    change(sysId: string, sent: Fields): DoubleIncident | undefined {
      const row = find(sysId);
      return row && write(row, sent, false);
    },
    remove(sysId: string): void {
      const row = find(sysId);
      if (!row) throw new RangeError(`no incident ${sysId}`);
      const event = { kind: 'deleted' as const, text: '', at: now().toISOString() };
      rows.set(sysId, { ...row, isDeleted: true, events: [...row.events, event] });
    },
  };
}

function eventsOf(
  row: DoubleIncident,
  { sent, fields, at }: { readonly sent: Fields; readonly fields: Fields; readonly at: string },
): IncidentEvent[] {
  const state = fields.state ?? '';
  const moved = row.fields.state !== state && row.events.length > 0;
  return [
    ...(moved ? [{ kind: 'state' as const, text: state, at }] : []),
    ...journals.flatMap((kind) => {
      const text = sent[kind];
      return text === undefined || text === '' ? [] : [{ kind, text, at }];
    }),
  ];
}
