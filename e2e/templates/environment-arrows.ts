import { type Arrow, missing, rolePermit } from './arrow.ts';
import { objectAt } from './json.ts';
import { labelOf, type Placed, placedAt, type World } from './stack.ts';

/** What a function does to a queue, by the name of the variable that holds the queue's URL. */
function useOf(variable: string): { readonly kind: string; readonly action: string } | undefined {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
  if (variable === 'QUEUE_URL') {
    return { kind: 'function to the queue it reads', action: 'sqs:ChangeMessageVisibility' };
  }
  if (!variable.endsWith('_QUEUE_URL')) return undefined;
  return { kind: 'function to queue', action: 'sqs:SendMessage' };
}

/** From a function to the queues that its environment names: it sends to them, and postpones what it reads. */
export function environmentArrows(world: World, own: Placed, role: Placed): readonly Arrow[] {
  const variables = objectAt(own.resource.properties, 'Environment', 'Variables');
  return Object.entries(variables).flatMap(([variable, url]): readonly Arrow[] => {
    const use = useOf(variable);
    if (!use) return [];
    const { kind, action } = use;
    const queue = placedAt(world, String(url));
    return [
      {
        kind,
        from: labelOf(own),
        to: queue ? labelOf(queue) : String(url),
        permits: [
          queue
            ? rolePermit(role, { action, resource: queue.resource.arn })
            : missing(`a queue for ${variable}`),
        ],
      },
    ];
  });
}
