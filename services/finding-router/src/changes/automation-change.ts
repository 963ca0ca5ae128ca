import type { ResponseRecord } from '@riposte/findings';
import * as z from 'zod';
import type { AutomationStart, Automations } from './automations.ts';
import type { Call, Proof, RecordedChange } from './recorded-change.ts';

/** The list of documents is a parameter of the deployment: whoever put one on it approved of what it does. */
const approver = 'the deployment, by its parameter automationDocuments';

/**
 * A document of Systems Manager. What it does is its own, and cannot be taken back from here: what is proven is that it runs, never that anything is
 * mended.
 */
export function automationChange(
  resource: ResponseRecord['resource'],
  start: AutomationStart,
  { automations }: { readonly automations: Automations },
): RecordedChange {
  const { document, parameters } = start;
  return {
    kind: 'automation-started',
    resource,
    plan: async () => ({
      plan: [
        {
          operation: 'ssm:StartAutomationExecution',
          what: `document ${document}`,
          before: undefined,
          after: parameters,
          reversible: false,
        },
      ],
      before: undefined,
      undo: notFromHere(document),
      approver,
    }),
    async make({ after }, call) {
      const known = startedExecution.safeParse(after).data?.executionId;
      const id =
        known ?? (await call('ssm:StartAutomationExecution', () => automations.start(start)));
      const proof = await readBack(id, automations, call);
      return { ...proof, undo: notFromHere(document, { id, region: resource.region }) };
    },
  };
}

/** What an earlier attempt left in the record: what runs is not started again. */
const startedExecution = z.looseObject({ executionId: z.string().min(1) });

async function readBack(
  id: string,
  automations: Automations,
  call: Call,
): Promise<Omit<Proof, 'undo'>> {
  try {
    const { status, startedAt } = await call('ssm:GetAutomationExecution', () =>
      automations.execution(id),
    );
    const since = startedAt === undefined ? '' : ` since ${startedAt}`;
    return {
      verified: true,
      evidence: `started: GetAutomationExecution ${id}: ${status}${since}; what came of it is not known here`,
      after: { executionId: id, status },
    };
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    return {
      verified: false,
      evidence: `StartAutomationExecution answered ${id}, which could not be read back: ${name}`,
      after: { executionId: id },
    };
  }
}

function notFromHere(
  document: string,
  execution?: { readonly id: string; readonly region: string },
): ResponseRecord['undo'] {
  const how = `What document ${document} does is its own, and only the document's author can say how to take it back.`;
  if (!execution) return { possible: false, how };
  const which = `--automation-execution-id ${execution.id} --region ${execution.region}`;
  return {
    possible: false,
    how: `${how} What it did: aws ssm get-automation-execution ${which}. While it runs: aws ssm stop-automation-execution ${which}`,
  };
}
