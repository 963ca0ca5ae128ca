import type { Stage } from '@riposte/local-stage';

/** Switches schedules off: a sweep that comes by itself every five minutes would answer in the middle of a measurement. */
export async function standStill({ play }: Stage): Promise<void> {
  const events = { service: 'events', deliver: false } as const;
  const { output } = await play.apiCall({ ...events, operation: 'ListRules', input: {} });
  const { Rules = [] }: { readonly Rules?: readonly object[] } = Object(output);
  for (const rule of Rules) {
    const { Name, ScheduleExpression }: Readonly<Record<string, unknown>> = { ...rule };
    if (ScheduleExpression)
      await play.apiCall({ ...events, operation: 'DisableRule', input: { Name } });
  }
}
