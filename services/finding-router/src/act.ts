import type { QueueMessage } from '@riposte/lambda';
import type { Settings } from '@riposte/responses';
import * as z from 'zod';
import type { NotifiedFinding } from './delivery.ts';
import { carriedDocument, documentOf } from './documents/document-of.ts';
import type { LargeDocuments } from './documents/large-documents.ts';
import type { SystemAction } from './effects.ts';
import { FindingMovedError } from './errors.ts';
import { mayChange } from './may-change.ts';
import { ownObject, readMessage } from './read-message.ts';
import type { HubFindings } from './update-findings.ts';

/** One action of a rule, on its way. */
export interface ActionCommand {
  readonly id: string;
  /** `pack/name`. */
  readonly rule: string;
  readonly action: SystemAction;
  readonly finding: NotifiedFinding;
  readonly partition: string;
  /** The finding as it was received. */
  readonly document: Readonly<Record<string, unknown>>;
  /** ISO 8601. */
  readonly at: string;
}

/** Systems that rules act on. Repeating a command with the same id is harmless where the system allows it. */
export interface Systems {
  requestRemediation(command: ActionCommand, action: string): Promise<void>;
  invoke(command: ActionCommand, functionName: string): Promise<void>;
  enqueue(command: ActionCommand, queueUrl: string): Promise<void>;
  publish(command: ActionCommand, bus: string, detailType: string): Promise<void>;
  startAutomation(
    command: ActionCommand,
    document: string,
    parameters: Readonly<Record<string, readonly string[]>>,
  ): Promise<void>;
  tag(command: ActionCommand, tags: Readonly<Record<string, string>>): Promise<void>;
}

export interface ActPorts {
  readonly systems: Systems;
  readonly hub: Pick<HubFindings, 'current'>;
  readonly settings: Settings;
  readonly documents: Pick<LargeDocuments, 'get'>;
}

/**
 * Carries out one action of a rule. What changes something (remediation, document, tags) is done only while the switch allows changes and the rule's
 * mode is `enforce`, and after the finding was read again: nothing changes on the word of an event.
 *
 * @throws ChangesStoppedError when the switch is on or cannot be read: the command waits among the dead letters for a person.
 * @throws FindingMovedError when the finding is gone or closed.
 */
export function act({ systems, hub, settings, documents }: ActPorts) {
  return async ({ body }: QueueMessage): Promise<'done' | 'withheld'> => {
    const command = await readCommand(body, documents);
    if (changes(command.action)) {
      const { rule, finding } = command;
      const wish = { rules: [rule], resource: finding.resource };
      if (!mayChange(await settings.read(), wish)) return 'withheld';
      await isStillOpen(command, hub);
    }
    await carryOut(command, systems);
    return 'done';
  };
}

/** @throws FindingMovedError */
async function isStillOpen({ finding }: ActionCommand, hub: ActPorts['hub']): Promise<void> {
  const current = (await hub.current([finding])).get(finding.key);
  if (!current) throw new FindingMovedError(finding.id, 'it is not there any more');
  const { workflow = '' } = current;
  if (closed.has(workflow)) throw new FindingMovedError(finding.id, `its workflow is ${workflow}`);
}

const closed = new Set(['RESOLVED', 'SUPPRESSED']);

function changes(action: SystemAction): boolean {
  return 'remediate' in action || 'automation' in action || 'tag' in action;
}

function carryOut(command: ActionCommand, systems: Systems): Promise<void> {
  const { action } = command;
  if ('remediate' in action) return systems.requestRemediation(command, action.remediate.action);
  if ('invoke' in action) return systems.invoke(command, action.invoke.function);
  if ('queue' in action) return systems.enqueue(command, action.queue.url);
  if ('event' in action) {
    return systems.publish(command, action.event.bus, action.event.detailType ?? 'Finding Routed');
  }
  if ('tag' in action) return systems.tag(command, action.tag.tags);
  const { document, parameters = {} } = action.automation;
  const lists = Object.entries(parameters).map(([name, value]) => [name, [value].flat()] as const);
  return systems.startAutomation(command, document, Object.fromEntries(lists));
}

const text = z.string().min(1);
const oneOrMore = z.union([z.string(), z.array(z.string())]);
const actionSchema: z.ZodType<SystemAction> = z.union([
  z.strictObject({ remediate: z.strictObject({ action: text }) }),
  z.strictObject({ invoke: z.strictObject({ function: text }) }),
  z.strictObject({ queue: z.strictObject({ url: text }) }),
  z.strictObject({ event: z.strictObject({ bus: text, detailType: text.exactOptional() }) }),
  z.strictObject({
    automation: z.strictObject({
      document: text,
      parameters: z.record(text, oneOrMore).exactOptional(),
    }),
  }),
  z.strictObject({ tag: z.strictObject({ tags: z.record(text, z.string()) }) }),
]);
const commandSchema = z.object({
  kind: z.literal('action'),
  id: text,
  rule: text,
  action: actionSchema,
  finding: ownObject<NotifiedFinding>(),
  partition: text,
  ...carriedDocument,
  at: text,
});

async function readCommand(
  body: unknown,
  documents: ActPorts['documents'],
): Promise<ActionCommand> {
  const message = readMessage(commandSchema, body);
  const { kind: _kind, documentAt: _elsewhere, ...command } = message;
  return { ...command, document: await documentOf(message, documents) };
}
