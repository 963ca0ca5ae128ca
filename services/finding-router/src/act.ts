import type { QueueMessage } from '@riposte/lambda';
import type { Settings } from '@riposte/responses';
import { type ActionCommand, readCommand } from './action-command.ts';
import { type ChangeSystems, changesOf } from './changes/changes-of.ts';
import { makeChanges } from './changes/make-changes.ts';
import type { ChangePorts } from './changes/recorded-change.ts';
import type { LargeDocuments } from './documents/large-documents.ts';
import type { SystemAction } from './effects.ts';
import { mayChange } from './may-change.ts';
import { isStillOpen } from './still-open.ts';
import type { HubFindings } from './update-findings.ts';

/** Systems that findings are handed to. Repeating a command with the same id is harmless where the system allows it. */
export interface Systems {
  requestRemediation(command: ActionCommand, action: string): Promise<void>;
  invoke(command: ActionCommand, functionName: string): Promise<void>;
  enqueue(command: ActionCommand, queueUrl: string): Promise<void>;
  publish(command: ActionCommand, bus: string, detailType: string): Promise<void>;
}

export interface ActPorts extends ChangePorts, ChangeSystems {
  readonly systems: Systems;
  readonly hub: Pick<HubFindings, 'current'>;
  readonly settings: Settings;
  readonly documents: Pick<LargeDocuments, 'get'>;
}

/** What became of a command. */
export type Acted = 'done' | 'withheld' | 'duplicate';

/**
 * Carries out one action of a rule. What changes something (remediation, document, tags) is done only while the switch allows changes and the rule's
 * mode is `enforce`, and after the finding was read again: nothing changes on the word of an event. What the router changes itself (document, tags)
 * leaves a response record; a remediation's is left by whoever carries it out.
 *
 * @throws ChangesStoppedError when the switch is on or cannot be read: the command waits among the dead letters for a person.
 * @throws FindingMovedError when the finding is gone or closed.
 */
export function act(ports: ActPorts) {
  return async ({ body, receiveCount }: QueueMessage): Promise<Acted> => {
    const command = await readCommand(body, ports.documents);
    const { action, rule, finding } = command;
    if ('tag' in action || 'automation' in action) {
      const changes = () => changesOf(command, action, ports);
      return makeChanges({ command, changes, receiveCount }, ports);
    }
    if ('remediate' in action) {
      const wish = { rules: [rule], resource: finding.resource };
      if (!mayChange(await ports.settings.read(), wish)) return 'withheld';
      await isStillOpen(finding, ports.hub);
    }
    await handOn(command, action, ports.systems);
    return 'done';
  };
}

type HandedOn = Exclude<SystemAction, { readonly automation: unknown } | { readonly tag: unknown }>;

function handOn(command: ActionCommand, action: HandedOn, systems: Systems): Promise<void> {
  if ('remediate' in action) return systems.requestRemediation(command, action.remediate.action);
  if ('invoke' in action) return systems.invoke(command, action.invoke.function);
  if ('queue' in action) return systems.enqueue(command, action.queue.url);
  return systems.publish(command, action.event.bus, action.event.detailType ?? 'Finding Routed');
}
