import type { DeliveryApi } from './delivery/types.ts';
import type { Play } from './play/types.ts';
import type { FaultInjector, RecordedCall } from './proxy/types.ts';

/** Where things happen: one account in one Region. */
export interface AccountRegion {
  readonly accountId: string;
  readonly region: string;
}

/** What `startStage` takes; everything has a default. */
export interface StageOptions {
  /** Home Region of the stage; `us-east-1` when absent. */
  readonly region?: string;
  /** Home account; `123456789012` when absent. */
  readonly accountId?: string;
  /** No progress on stderr. A given `onProgress` hears it all the same. */
  readonly quiet?: boolean;
  readonly onProgress?: (line: string) => void;
  /** Where `AWS_ENDPOINT_URL`, `PATH` and the like are read; `process.env` when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The project that `deploy` deploys from; found upwards from the working directory when absent. */
  readonly checkout?: string;
  /** Variables that every function sees too. */
  readonly functionEnvironment?: Readonly<Record<string, string>>;
  /** Files that go when the stage does, also after a crash. */
  readonly removeAtEnd?: readonly string[];
  /** Told about every call that the proxy recorded. */
  readonly onCall?: (call: RecordedCall) => void;
}

export interface DeployOptions {
  /** The stage name given to the framework; `local` when absent. */
  readonly stage?: string;
  readonly region?: string;
  readonly accountId?: string;
  /** Only this function's code, by `deploy function`: for services that are deployed. */
  readonly functionName?: string;
  /** Milliseconds before a deploy is ended; 5 minutes when absent. */
  readonly timeoutMs?: number;
}

/** A message as a subscriber of a topic got it. */
export interface StageMessage {
  readonly id: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** ISO 8601 with milliseconds. */
  readonly sentAt: string;
}

/** What CloudTrail would say about a trail's deliveries; the emulator delivers nothing. */
export interface TrailDelivery {
  readonly latestDeliveryTime?: Date;
  readonly latestDeliveryError?: string;
}

export interface LogLine {
  readonly time: string;
  readonly message: string;
  readonly stream: string;
}

/** AWS on this machine. Made by `startStage`, ended by `stop`. */
export interface Stage extends AccountRegion, DeliveryApi {
  /** What clients use: the proxy in front of the emulator and the Security Hub stand-in. */
  readonly endpoint: string;
  /** The emulator itself; calls to it are not recorded. */
  readonly emulatorEndpoint: string;
  readonly securityHubEndpoint: string;
  /** Environment for child processes: endpoints, credentials, Region; none of the variables that confuse the emulator. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs the framework's real `deploy` for one service of `services/`, or several in the order given. */
  deploy(
    service: string | readonly string[],
    params?: Readonly<Record<string, string>>,
    options?: DeployOptions,
  ): Promise<void>;
  readonly play: Play;
  /** The calls that went through the proxy, oldest first. */
  calls(): readonly RecordedCall[];
  clearCalls(): void;
  readonly faults: FaultInjector;
  /** CloudTrail's own limits: 1 write and 10 reads a second for an account-Region. Off at the start. */
  throttleLikeAws(on: boolean): void;
  /** Switches the schedules of the home account and Region off that are there now: nothing comes by itself any more. */
  standStill(): Promise<void>;
  /** Sets what GetTrailStatus says of a trail's deliveries. */
  setTrailDelivery(trailArn: string, delivery: TrailDelivery): void;
  /**
   * What subscribers of a topic got so far, oldest first. Topics are subscribed to after each deploy; a topic made otherwise
   * is subscribed to by the first call.
   */
  messages(topicArn: string): Promise<readonly StageMessage[]>;
  /** Ends the stage's own subscription of a topic, e.g. to see what happens when nobody listens. */
  unsubscribe(topicArn: string): Promise<void>;
  /** What a function logged, oldest first. */
  logs(functionName: string, where?: Partial<AccountRegion>): Promise<readonly LogLine[]>;
  /** Process ids that belong to the stage. */
  readonly pids: readonly number[];
  stop(): Promise<void>;
}

/** A stage that another process holds. What that process remembers is asked for over HTTP. */
export interface AttachedStage
  extends Omit<
    Stage,
    'calls' | 'clearCalls' | 'faults' | 'throttleLikeAws' | 'setTrailDelivery' | 'pids'
  > {
  readonly name: string;
  calls(): Promise<readonly RecordedCall[]>;
}
