import {
  type AwsSecurityFinding,
  BatchUpdateFindingsCommand,
  type BatchUpdateFindingsCommandInput,
  GetFindingsCommand,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { Stage } from '@riposte/local-stage';
import { eventually } from './eventually.ts';
import { lookSettings } from './look-settings.ts';

/** A finding in ASFF as Security Hub has it now. */
export async function findingNow(stage: Stage, id: string): Promise<AwsSecurityFinding> {
  const hub = new SecurityHubClient(lookSettings(stage));
  const { Findings = [] } = await hub.send(
    new GetFindingsCommand({ Filters: { Id: [{ Value: id, Comparison: 'EQUALS' }] } }),
  );
  hub.destroy();
  const [finding] = Findings;
  if (!finding) throw new RangeError(`Security Hub has no finding ${id}`);
  return finding;
}

/** Waits until a finding's note speaks of something. */
export function noted(stage: Stage, id: string, about: string): Promise<AwsSecurityFinding> {
  return eventually(`the note of finding ${id} speaks of ${about}`, async () => {
    const finding = await findingNow(stage, id);
    return finding.Note?.Text?.includes(about) ? finding : undefined;
  });
}

/** What an analyst does with a finding in the console. */
export async function analyst(
  stage: Stage,
  { Id, ProductArn }: AwsSecurityFinding,
  change: Omit<BatchUpdateFindingsCommandInput, 'FindingIdentifiers'>,
): Promise<void> {
  const hub = new SecurityHubClient(lookSettings(stage));
  const FindingIdentifiers = [{ Id, ProductArn }];
  await hub.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, ...change }));
  hub.destroy();
}

/** The id of the first finding that an event carries, which is the same in ASFF and in OCSF. */
export function findingIdOf({ detail }: { readonly detail: object }): string {
  const { findings }: { findings?: unknown } = detail;
  const [first] = Array.isArray(findings) ? findings : [];
  const { Id, finding_info: info } = Object(first);
  return String(Id ?? Object(info).uid ?? '');
}
