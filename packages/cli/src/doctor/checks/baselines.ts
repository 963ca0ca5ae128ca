import { type Check, missing, ok } from '../check.ts';

/** Every trail has an approved baseline: without one nobody can say that it was weakened, or bring it back. */
export const baselinesCheck: Check = {
  name: 'baselines',
  reads: ['cloudtrail:ListTrails', 'cloudformation:ListExports', 'dynamodb:Query'],
  async run({ trails, deployment: { stage, accountId } }) {
    const [own, approved] = await Promise.all([trails.own(), trails.approved()]);
    if (own.length === 0) {
      return [
        missing(
          `account ${accountId} has no trail of its own: API calls reach EventBridge only while a trail logs them`,
          'aws cloudtrail create-trail --name main --s3-bucket-name BUCKET --is-multi-region-trail --enable-log-file-validation, then start-logging',
        ),
      ];
    }
    return own.map((arn) =>
      approved.includes(arn)
        ? ok(`trail ${arn} has an approved baseline`)
        : missing(
            `trail ${arn} has no approved baseline`,
            `riposte trail approve ${arn} --reason "first baseline" --stage ${stage}`,
          ),
    );
  },
};
