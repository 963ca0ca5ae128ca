import {
  consoleDomain,
  escapeText,
  type PlannedChange,
  type ResponseMessage,
  toAsciiSubject,
} from '@riposte/findings';
import { headlineOf, shownName, type Told } from './headline.ts';
import { serviceName } from './kinds.ts';
import { duration, utc } from './time-in-words.ts';

const severities: Readonly<Record<string, string>> = {
  'trail-deleted': 'critical',
  'trail-stopped-repeatedly': 'critical',
  'trail-unreadable': 'critical',
  'no-subscriber': 'critical',
  'trail-attempt': 'medium',
};

/**
 * What people read about an incident: happened, done, stands, first; then who, where from, when, proof, links, and what to do next.
 * Text that a caller could choose is escaped, so that it stays on its line.
 *
 * @param stage names the parameters that exemptions and the kill switch live in.
 * @example
 * renderMessage(record, 'prod').subject; // '[Riposte] REPAIRED: trail main was stopped (123456789012, eu-west-1)'
 */
export function renderMessage(record: Told, stage: string): ResponseMessage {
  const { what, done, now, short } = headlineOf(record);
  const { accountId, region } = plainResource(record.resource);
  const sections = [
    [what, done, now],
    gapLines(record),
    ['WHO (as CloudTrail or the finding names them)', ...whoLines(record)],
    ['WHERE AND WHEN', ...whereLines(record)],
    planLines(record),
    ['LOOK', ...linkLines(record)],
    ['NEXT', ...nextLines(record, stage)],
  ];
  const body = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return {
    subject: toAsciiSubject(`[Riposte] ${short} (${accountId}, ${region})`),
    body: `${body}\n`,
    attributes: attributesOf(record),
  };
}

function attributesOf(record: Told): Readonly<Record<string, string>> {
  const { kind, status, id } = record;
  const resource = plainResource(record.resource);
  const known = {
    service: serviceName,
    kind,
    status,
    severity: status === 'failed' ? 'critical' : (severities[kind] ?? 'high'),
    account: resource.accountId,
    region: resource.region,
    trail: shownName(resource.arn).slice(0, 128),
    incident: id,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== ''));
}

function gapLines(record: Told): readonly string[] {
  const { broken, applied } = record.times;
  const error = memberText(record.after, 'latestDeliveryError');
  const warning = error
    ? [
        `WARNING: CloudTrail could not deliver lately (LatestDeliveryError ${escapeText(error, 100)}).`,
      ]
    : [];
  if (!broken || !gapKinds.has(record.kind)) return warning;
  const until = applied ? `${utc(applied)} (${duration(broken, applied)})` : 'now';
  return [
    `GAP: ${utc(broken)} to ${until}. Log files of that time are missing; management events are in Event history for 90 days (link below).`,
    `This is the state in ${plainResource(record.resource).region}, the trail's home Region: other Regions are not read.`,
    ...(record.kind === 'trail-stopped' && record.status === 'verified'
      ? [
          'Delivery takes about five minutes: whether log files arrive is checked fifteen minutes from now.',
        ]
      : []),
    ...warning,
  ];
}

const gapKinds = new Set(['trail-stopped', 'trail-blinded', 'trail-deleted']);

function whoLines({ actor, finding }: Told): readonly string[] {
  const mfa = actor?.mfa === undefined ? undefined : actor.mfa ? 'yes' : 'no';
  const lines = [
    line('Principal', actor?.issuerArn ?? actor?.arn),
    line('Session', actor?.sessionName),
    line('Identity type', actor?.type),
    line('Access key', actor?.accessKeyId),
    line('MFA', mfa),
    line('IP address', actor?.sourceIp),
    line('User agent (their own words)', actor?.userAgent),
    line('Finding', finding && `${finding.id} (${finding.format})`),
  ].flat();
  return lines.length > 0 ? lines : ['  Not known: nobody told Riposte. Event history names them.'];
}

function whereLines(record: Told): readonly string[] {
  const { resource, trigger, times, id, mode } = record;
  const { verified } = times;
  const took = trigger.eventTime && verified ? duration(trigger.eventTime, verified) : undefined;
  return [
    line('Resource', resource.arn),
    line('Account, Region', `${resource.accountId}, ${resource.region}`),
    line('API call', trigger.eventName),
    line('Called at', trigger.eventTime && utc(trigger.eventTime)),
    line('Riposte heard at', `${utc(trigger.receivedAt)} by ${trigger.path}`),
    line('From the call to proof', took),
    line('Proof read at', verified && utc(verified)),
    line('CloudTrail event id', trigger.eventId),
    line('Incident', `${id} (mode ${mode})`),
  ].flat();
}

function planLines({ plan, status }: Told): readonly string[] {
  if (plan.length === 0) return [];
  const title =
    status === 'verified' ? 'CHANGED' : 'WHAT THE ANSWER IS MADE OF (not proven to be done)';
  return [title, ...plan.map(changeLine)];
}

function changeLine({ operation, what, before, after }: PlannedChange): string {
  return `  ${operation}: ${what}: ${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: unknown): string {
  return escapeText(value === undefined ? 'not set' : (JSON.stringify(value) ?? ''), 240);
}

function linkLines({ resource }: Told): readonly string[] {
  const { region, partition, arn } = plainResource(resource);
  const home = `https://${consoleDomain(partition)}/cloudtrailv2/home?region=${encodeURIComponent(region)}`;
  const isTrail = arn.includes(':trail/');
  const name = encodeURIComponent(isTrail ? shownName(arn) : arn);
  return [
    ...(isTrail ? [`  Trail: ${home}#/trails/${encodeURI(arn)}`] : []),
    `  Event history: ${home}#/events?ResourceName=${name}`,
  ];
}

function nextLines(record: Told, stage: string): readonly string[] {
  const { id, actor, undo, status, kind } = record;
  const resource = plainResource(record.resource);
  const settings = `/riposte/${stage}/${serviceName}/settings`;
  const principal = actor?.issuerArn ?? actor?.arn;
  const byHand =
    kind === 'trail-stopped' && status !== 'verified'
      ? [
          `  Start it by hand: aws cloudtrail start-logging --region ${resource.region} --name ${quoted(resource.arn)}`,
        ]
      : [];
  return [
    ...byHand,
    `  Was it wanted? Exempt the resource: add ${quoted(resource.arn)} to "exemptResources" in SSM parameter ${settings}`,
    ...(principal
      ? [`    or the principal: add ${quoted(principal)} to "exemptPrincipals" there.`]
      : []),
    `  Stop all of Riposte's changes: set SSM parameter /riposte/${stage}/kill-switch to "on".`,
    `  Undo: ${undo.possible ? `riposte responses undo ${id} (${escapeText(undo.how, 300)})` : undo.how}`,
    `  Everything about it: riposte responses show ${id}`,
  ];
}

/** A resource whose parts stay on their line and in their link: an event can name it. */
function plainResource({ arn, accountId, region, partition }: Told['resource']) {
  const plain = (text: string) => escapeText(text, 300);
  return { arn: plain(arn), accountId: plain(accountId), region: plain(region), partition };
}

function quoted(text: string): string {
  return `"${escapeText(text, 300).replaceAll('"', '\\"')}"`;
}

function line(label: string, value: string | undefined): readonly string[] {
  return value ? [`  ${label}: ${escapeText(value, 300)}`] : [];
}

function memberText(value: unknown, key: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const held: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
  return typeof held === 'string' && held !== '' ? held : undefined;
}
