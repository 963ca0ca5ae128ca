import * as z from 'zod';

export const transitionsAnswer = z.object({
  transitions: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      to: z.object({
        name: z.string(),
        statusCategory: z.object({ key: z.string() }).optional(),
      }),
      fields: z
        .record(
          z.string(),
          z.object({
            required: z.boolean().default(false),
            allowedValues: z.array(z.object({ name: z.string().optional() })).optional(),
          }),
        )
        .default({}),
    }),
  ),
});

export type Transition = z.infer<typeof transitionsAnswer>['transitions'][number];

/** Names of resolutions that say that the matter is dealt with, the best first. */
const resolutions = ['done', 'fixed', 'resolved'];

/**
 * The way through the workflow: the transition of this name, or to the status of this name; where the channel names none, one to
 * a status of the first category that can be reached.
 */
export function chooseTransition(
  transitions: readonly Transition[],
  named: string | undefined,
  categories: readonly string[],
): Transition | undefined {
  if (named !== undefined) {
    return (
      transitions.find(({ name }) => isSame(name, named)) ??
      transitions.find(({ to }) => isSame(to.name, named))
    );
  }
  for (const category of categories) {
    const found = transitions.find(({ to }) => to.statusCategory?.key === category);
    if (found) return found;
  }
  return undefined;
}

/** Fields that the transition's screen demands and that can be answered: a resolution. */
export function fieldsOf({ fields }: Transition): Record<string, unknown> | undefined {
  const { resolution } = fields;
  if (!resolution?.required) return undefined;
  const names = (resolution.allowedValues ?? []).flatMap(({ name }) => name ?? []);
  const fitting = resolutions.flatMap((wanted) => names.find((name) => isSame(name, wanted)) ?? []);
  const name = fitting[0] ?? names[0];
  return name === undefined ? undefined : { resolution: { name } };
}

function isSame(name: string, other: string): boolean {
  return name.trim().toLowerCase() === other.trim().toLowerCase();
}
