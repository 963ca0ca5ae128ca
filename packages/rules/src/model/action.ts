import type { OneOrMore } from './condition.ts';

export type SeverityLabel = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL';
export type WorkflowStatus = 'NEW' | 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED';

/** What a rule changes on a finding, in ASFF's words; OCSF findings take severity, workflow and note, and the report says what they cannot take. */
export interface FindingUpdate {
  readonly severity?: SeverityLabel;
  readonly workflow?: WorkflowStatus;
  /** At most 512 characters. Templates are allowed: `{{ finding.title }}`. */
  readonly note?: string;
  /** 0 to 100. */
  readonly confidence?: number;
  /** 0 to 100. */
  readonly criticality?: number;
  readonly verificationState?: 'UNKNOWN' | 'TRUE_POSITIVE' | 'FALSE_POSITIVE' | 'BENIGN_POSITIVE';
  readonly types?: readonly string[];
  readonly userDefinedFields?: Readonly<Record<string, string>>;
  readonly relatedFindings?: readonly { readonly ProductArn: string; readonly Id: string }[];
}

/** When a delivery goes out again: when one of these has changed. */
export type ChangeKind =
  | 'severity'
  | 'workflow'
  | 'recordState'
  | 'compliance'
  | 'resources'
  | 'title'
  | 'owner'
  | 'risk';

/** How deliveries of one channel or rule are put together. Durations as `30s`, `5m`, `4h`. */
export interface Grouping {
  /** Labels: `account`, `region`, `control`, `resource`, `resourceType`, `owner`, `team`, `severity`, `product`, `rule`, `type`, or a dotted path of the document. Empty: one group. */
  readonly by: readonly string[];
  /** How long a new group waits for more findings. */
  readonly wait: string;
  /** How long a group waits before it tells of findings that joined it. */
  readonly interval: string;
  /** When a group that still has open findings is told again; absent: never. */
  readonly repeat?: string;
}

export interface Escalation {
  /** Counted from the first message, e.g. `30m`. */
  readonly after: string;
  readonly channel: string;
}

/** Tells people on a channel. */
export interface Notify {
  readonly channel: string;
  readonly group?: Grouping;
  /** Whether the end of a finding is told too; the channel's own setting where absent. */
  readonly resolved?: boolean;
  /** What makes it worth telling again; severity, workflow and recordState where absent. */
  readonly on?: readonly ChangeKind[];
  /** Names of time intervals in which nothing is sent, or in which alone it is. */
  readonly mute?: readonly string[];
  readonly active?: readonly string[];
  readonly escalate?: readonly Escalation[];
  /** Title and body as Liquid templates; the channel's where absent. */
  readonly title?: string;
  readonly body?: string;
}

/** Keeps one ticket a finding, or one for each group of findings. */
export interface Ticket {
  readonly channel: string;
  /** Labels that findings share to share a ticket; the finding itself where absent. */
  readonly by?: readonly string[];
  readonly on?: readonly ChangeKind[];
  readonly title?: string;
  readonly body?: string;
  /** Fields of the ticket system, beyond those of the channel. Values may be templates. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface Enrich {
  readonly with: readonly ('owner' | 'history' | 'cve' | 'risk')[];
  /** Lets the risk score set the finding's severity. */
  readonly setSeverity?: boolean;
}

/** What a rule does with a finding that it matches. Exactly one member. */
export type Action =
  | { readonly update: FindingUpdate }
  /** Workflow SUPPRESSED, with a note that names the control that compensates. */
  | { readonly suppress: { readonly reason: string; readonly control?: string } }
  | { readonly notify: Notify }
  | { readonly ticket: Ticket }
  | { readonly enrich: Enrich }
  /** Stores canonical JSON of the finding as evidence, for these frameworks or for those of its control. */
  | { readonly evidence: { readonly frameworks?: readonly string[] } }
  /** Asks custom-action-handler for a remediation, on Riposte's bus. */
  | { readonly remediate: { readonly action: string } }
  /** Invokes a Lambda function with the finding, asynchronously. */
  | { readonly invoke: { readonly function: string } }
  /** Sends the finding to a queue. */
  | { readonly queue: { readonly url: string } }
  /** Publishes the finding on an event bus. */
  | { readonly event: { readonly bus: string; readonly detailType?: string } }
  /** Starts a Systems Manager Automation document. Parameter values may be templates. */
  | {
      readonly automation: {
        readonly document: string;
        readonly parameters?: Readonly<Record<string, OneOrMore>>;
      };
    }
  /** Adds tags to the finding's resources. */
  | { readonly tag: { readonly tags: Readonly<Record<string, string>> } };
