import { type AsffDraft, type AsffFinding, buildAsffFinding } from '@riposte/findings';

export const own = '111122223333';
export const member = '222222222222';
export const region = 'eu-west-1';

/** A finding that says that a file of a node has changed. */
export function findingAbout(file: string, changes: Partial<AsffDraft> = {}): AsffFinding {
  const { accountId = own } = changes;
  return buildAsffFinding({
    id: `fim/${accountId}/${file}`,
    generatorId: 'riposte/fim-detector/system-files',
    region,
    createdAt: '2026-11-24T12:00:00.000Z',
    updatedAt: '2026-11-24T12:00:00.000Z',
    severity: 'high',
    title: `${file} was modified`,
    description: `${file} differs from its approved state.`,
    types: ['Unusual Behaviors/VM'],
    productFields: {
      'riposte/fim/name': file,
      'riposte/fim/ledger': 'fim/ledgers/1.ndjson',
      'riposte/fim/ledgerSha256': 'f'.repeat(64),
      'riposte/fim/size': '23 -> 99',
    },
    resources: [
      {
        type: 'AwsEc2Instance',
        id: `arn:aws:ec2:${region}:${accountId}:instance/i-0123456789abcdef0`,
        details: { file },
      },
    ],
    ...changes,
    accountId,
  });
}
