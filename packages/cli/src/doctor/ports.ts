import type { Settings } from '@riposte/responses';

/** The deployment that is checked. */
export interface CheckedDeployment {
  readonly stage: string;
  readonly region: string;
  readonly partition: string;
  readonly accountId: string;
  /** Regions and accounts that were named for the coverage; AWS is asked when absent. */
  readonly regions?: readonly string[];
  readonly accounts?: readonly string[];
}

export interface StackResource {
  readonly type: string;
  readonly physicalId: string;
}

export interface StackInstance {
  readonly accountId: string;
  readonly region: string;
  /** The instance has the stack set's present template and parameters. */
  readonly isCurrent: boolean;
}

/** CloudFormation, as far as checks ask it. */
export interface Stacks {
  /** Status of a stack, in another Region of the account where one is given; undefined where there is none. */
  status(name: string, region?: string): Promise<string | undefined>;
  exports(): Promise<ReadonlyMap<string, string>>;
  /** Names of all stacks of the stage. */
  names(): Promise<readonly string[]>;
  resources(stackName: string): Promise<readonly StackResource[]>;
  /** Instances of a stack set; undefined where there is none. */
  instances(stackSetName: string): Promise<readonly StackInstance[] | undefined>;
}

export interface Subscription {
  readonly protocol: string;
  readonly endpoint: string;
  readonly isConfirmed: boolean;
  /** True where nobody can end it by the link in a message. */
  readonly isAuthenticated: boolean;
}

/** What checks need to read. Each call may be refused: the check is then `unknown`. */
export interface DoctorPorts {
  readonly deployment: CheckedDeployment;
  readonly stacks: Stacks;
  settings(service: string): Settings;
  subscriptions(topicArn: string): Promise<readonly Subscription[]>;
  readonly functions: {
    /** Concurrent executions that the account may have in the Region. */
    quota(): Promise<number>;
    /** Reserved concurrency of a function; undefined where none is reserved. */
    reserved(functionName: string): Promise<number | undefined>;
  };
  readonly trails: {
    /** ARNs of the account's own trails, in all Regions. */
    own(): Promise<readonly string[]>;
    /** ARNs of trails with an approved baseline. */
    approved(): Promise<readonly string[]>;
  };
  /** Ids of the organization's active accounts; undefined where the account is in none. */
  accounts(): Promise<readonly string[] | undefined>;
  readonly securityHub: {
    isEnabled(): Promise<boolean>;
    /** The aggregation Region and what it collects from; undefined where findings are not aggregated. */
    aggregation(): Promise<
      { readonly region: string; readonly linked: readonly string[] } | undefined
    >;
  };
  isGuardDutyEnabled(): Promise<boolean>;
  /** Messages that a queue holds. */
  messagesIn(queueUrl: string): Promise<number>;
  /** Days that a log group keeps its lines; undefined: for ever. */
  retentionOf(logGroup: string): Promise<number | undefined>;
}
