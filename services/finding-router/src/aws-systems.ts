import { createHash } from 'node:crypto';
import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import {
  type ResourceGroupsTaggingAPIClient,
  TagResourcesCommand,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { type SSMClient, StartAutomationExecutionCommand } from '@aws-sdk/client-ssm';
import { isArn, itemsOf } from '@riposte/findings';
import type { ActionCommand, Systems } from './act.ts';
import { ActionRefusedError } from './errors.ts';

/** Clients of the systems, and Riposte's own bus. */
export interface SystemClients {
  readonly eventBridge: EventBridgeClient;
  readonly eventBusName: string;
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  readonly tagging: ResourceGroupsTaggingAPIClient;
  /** Documents that rules may start: nothing else is, whatever a rule says. */
  readonly documents: readonly string[];
  /** Documents and tags work here only; elsewhere a remediation does, through the member role. */
  readonly home: { readonly accountId: string; readonly region: string };
}

const mostArns = 20;

/** `Systems` on AWS. */
export function awsSystems(clients: SystemClients): Systems {
  return {
    requestRemediation: (command, action) =>
      putEvent(clients.eventBridge, {
        EventBusName: clients.eventBusName,
        Source: 'riposte.router',
        DetailType: 'Remediation Requested',
        Detail: JSON.stringify({ ...routed(command), action }),
      }),
    publish: (command, EventBusName, DetailType) =>
      putEvent(clients.eventBridge, {
        EventBusName,
        Source: 'riposte.router',
        DetailType,
        Detail: handedOn(command),
      }),
    async invoke(command, FunctionName) {
      const Payload = handedOn(command);
      await clients.lambda.send(
        new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }),
      );
    },
    async enqueue(command, QueueUrl) {
      const { id, finding } = command;
      const MessageBody = handedOn(command);
      const ordered = { MessageGroupId: hashOf(finding.key), MessageDeduplicationId: id };
      await clients.sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody,
          ...(QueueUrl.endsWith('.fifo') && ordered),
        }),
      );
    },
    async startAutomation({ id, finding }, DocumentName, parameters) {
      atHome('automation', finding, clients.home);
      if (!clients.documents.includes(DocumentName)) {
        throw new ActionRefusedError('automation.document', `${DocumentName} is not on the list`);
      }
      const Parameters = Object.fromEntries(
        Object.entries(parameters).map(([name, values]) => [name, [...values]]),
      );
      const ClientToken = uuidOf(id);
      await clients.ssm.send(
        new StartAutomationExecutionCommand({ DocumentName, Parameters, ClientToken }),
      );
    },
    async tag(command, tags) {
      atHome('tag', command.finding, clients.home);
      const arns = resourceArns(command);
      if (arns.length === 0) {
        throw new ActionRefusedError('tag', 'the finding names no resource by its ARN');
      }
      const { FailedResourcesMap = {} } = await clients.tagging.send(
        new TagResourcesCommand({ ResourceARNList: [...arns], Tags: { ...tags } }),
      );
      const [failed] = Object.entries(FailedResourcesMap);
      if (failed)
        throw new ActionRefusedError(`tag ${failed[0]}`, failed[1].ErrorCode ?? 'refused');
    },
  };
}

/** @throws ActionRefusedError for a finding of another account or Region. */
function atHome(
  action: string,
  { accountId, region }: ActionCommand['finding'],
  home: SystemClients['home'],
): void {
  if (accountId === home.accountId && region === home.region) return;
  throw new ActionRefusedError(
    action,
    `the finding is of ${accountId} in ${region}: use a remediation, which acts there through the member role`,
  );
}

/** What receivers learn besides the document. */
function routed({ id, rule, finding, at }: ActionCommand): object {
  return { schemaVersion: 1, id, rule, finding, at };
}

/** Queues, buses and functions take 1 MB (1,048,576 bytes), an event's other members included. */
const mostBytes = 1_000_000;

/** With the document; where that is too large for any of them, what it is known by: whoever needs it reads the finding. */
function handedOn(command: ActionCommand): string {
  const { document } = command;
  const whole = JSON.stringify({ ...routed(command), document });
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const text = JSON.stringify(document);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const documentLeftOut = { bytes: Buffer.byteLength(text), sha256 };
  return JSON.stringify({ ...routed(command), documentLeftOut });
}

async function putEvent(
  client: EventBridgeClient,
  Entry: {
    readonly EventBusName: string;
    readonly Source: string;
    readonly DetailType: string;
    readonly Detail: string;
  },
): Promise<void> {
  const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [Entry] }));
  const code = Entries[0]?.ErrorCode;
  if (code !== undefined)
    throw new TypeError(`${Entry.EventBusName} did not take the event: ${code}`);
}

/** ARNs of the finding's resources, ASFF's `Id` and OCSF's `uid_alt` or `uid`. */
function resourceArns({ document }: ActionCommand): readonly string[] {
  const ids = itemsOf(document.Resources ?? document.resources).flatMap((resource) => {
    const { Id, uid_alt, uid } = Object(resource);
    return [Id, uid_alt, uid].filter((id) => typeof id === 'string' && isArn(id)).slice(0, 1);
  });
  return [...new Set(ids)].slice(0, mostArns);
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A version-8 UUID of an id: Systems Manager takes no other token. */
function uuidOf(id: string): string {
  const hex = hashOf(id);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
