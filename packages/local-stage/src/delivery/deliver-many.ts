import { randomNumbers } from '../random-numbers.ts';
import type { DeliverManyOptions, DeliverOptions, DeliveryReport } from './types.ts';

type Deliver = (event: unknown, options?: DeliverOptions) => Promise<DeliveryReport>;

/** Delivers many events with the duplicates, delays and disorder asked for; a report for each, in the order given. */
export async function deliverMany(
  deliver: Deliver,
  events: readonly unknown[],
  options: DeliverManyOptions = {},
): Promise<readonly DeliveryReport[]> {
  const random = randomNumbers(options.seed ?? 1);
  const copies = events.flatMap((_event, index) =>
    random() < (options.duplicateRatio ?? 0) ? [index, index] : [index],
  );
  const queue = options.reorder ? shuffled(copies, random) : copies;
  const waits = queue.map(() => Math.floor(random() * (options.delayMs ?? 0)));
  const reports = new Map<number, DeliveryReport>();
  let next = 0;
  const work = async () => {
    for (let turn = next++; turn < queue.length; turn = next++) {
      const index = queue[turn] ?? 0;
      const report = await deliver(events[index], {
        delayMs: waits[turn] ?? 0,
        always: options.always ?? false,
      });
      reports.set(index, merged(reports.get(index), report));
    }
  };
  await Promise.all(Array.from({ length: options.concurrency ?? 16 }, work));
  return events.flatMap((_event, index) => reports.get(index) ?? []);
}

function merged(before: DeliveryReport | undefined, report: DeliveryReport): DeliveryReport {
  if (!before) return report;
  return { ...before, ...report, targets: [...before.targets, ...report.targets] };
}

/** Fisher and Yates. */
function shuffled(items: readonly number[], random: () => number): number[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    const [one = 0, two = 0] = [mixed[last], mixed[other]];
    mixed[last] = two;
    mixed[other] = one;
  }
  return mixed;
}
