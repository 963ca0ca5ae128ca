import { cutText, isArn, itemsOf, parseArn, type ResponseRecord } from '@riposte/findings';
import type { ResourceTags } from '@riposte/remediations/tagging';
import type { ActionCommand } from '../action-command.ts';
import type { SystemAction } from '../effects.ts';
import { ActionRefusedError } from '../errors.ts';
import { automationChange } from './automation-change.ts';
import type { Automations } from './automations.ts';
import type { RecordedChange } from './recorded-change.ts';
import { tagChange } from './tag-change.ts';

/** What the router changes things with, and how far it goes. */
export interface ChangeSystems {
  readonly tags: ResourceTags;
  readonly automations: Automations;
  /** Documents that rules may start: nothing else is, whatever a rule says. */
  readonly automationDocuments: readonly string[];
  /** Documents and tags work here only; elsewhere a remediation does, through the member role. */
  readonly home: { readonly accountId: string; readonly region: string };
  /** Waits so many milliseconds. */
  pause(ms: number): Promise<void>;
}

type ChangingAction = Extract<
  SystemAction,
  { readonly automation: unknown } | { readonly tag: unknown }
>;

const mostResources = 20;

/**
 * The changes that an action makes: one for each resource that is tagged, one for a document.
 *
 * @throws ActionRefusedError where the router does not do that, whoever wants it.
 */
export function changesOf(
  command: ActionCommand,
  action: ChangingAction,
  systems: ChangeSystems,
): readonly RecordedChange[] {
  const [name = ''] = Object.keys(action);
  atHome(name, command.finding, systems.home);
  if ('tag' in action) {
    const resources = taggable(command);
    if (resources.length === 0) {
      throw new ActionRefusedError('tag', 'the finding names no resource by its ARN');
    }
    return resources.map((resource) => tagChange(resource, action.tag.tags, systems));
  }
  const { document, parameters = {} } = action.automation;
  if (!systems.automationDocuments.includes(document)) {
    throw new ActionRefusedError('automation.document', `${document} is not on the list`);
  }
  const lists = Object.entries(parameters).map(([key, value]) => [key, [value].flat()] as const);
  const start = { document, parameters: Object.fromEntries(lists), token: command.id };
  return [automationChange(resourceOf(command), start, systems)];
}

/** @throws ActionRefusedError for a finding of another account or Region. */
function atHome(
  action: string,
  { accountId, region }: ActionCommand['finding'],
  home: ChangeSystems['home'],
): void {
  if (accountId === home.accountId && region === home.region) return;
  throw new ActionRefusedError(
    action,
    `the finding is of ${accountId} in ${region}: use a remediation, which acts there through the member role`,
  );
}

/** Resources that the finding names by their ARNs: ASFF's `Id`, OCSF's `uid_alt` or `uid`. */
function taggable(command: ActionCommand): readonly ResponseRecord['resource'][] {
  const { document, finding } = command;
  const named = itemsOf(document.Resources ?? document.resources).flatMap((resource) => {
    const { Id, uid_alt, uid, Type, type } = Object(resource);
    const arn: unknown = [Id, uid_alt, uid].find((id) => typeof id === 'string' && isArn(id));
    if (typeof arn !== 'string') return [];
    const kind = [Type, type].find((one) => typeof one === 'string') ?? 'Other';
    const { partition, accountId, region } = parseArn(arn);
    const home = {
      accountId: accountId || finding.accountId,
      region: region || finding.region,
    };
    return [[arn, { arn, type: cutText(kind, longestType), partition, ...home }] as const];
  });
  return [...new Map(named).values()].slice(0, mostResources);
}

/** What the finding is about: an id where it has no ARN, the account where it names nothing. */
function resourceOf({ finding, partition }: ActionCommand): ResponseRecord['resource'] {
  const { resource, resourceType = 'Other', accountId, region } = finding;
  return {
    arn: cutText(resource || `AWS::::Account:${accountId}`, longestKey),
    type: cutText(resourceType, longestType),
    accountId,
    region,
    partition,
  };
}

const longestType = 200;
/** Records are found by resource, and a key of the table takes 2,048 bytes: characters may take three. */
const longestKey = 600;
