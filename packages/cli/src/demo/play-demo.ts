import type { DemoFacts } from './demo-report.ts';
import type { DemoWorld } from './demo-world.ts';
import { attackTrail, seeMessage, seeRecord, seeRestart } from './first-path.ts';
import { seeDeadLetter, seeDuplicates, seeSecondPath } from './other-paths.ts';
import { playRouter } from './play-router.ts';
import type { Progress } from './progress.ts';
import { seconds, timed } from './timed.ts';

/** Services that the demo deploys, in this order. */
const services = ['foundation', 'cloudtrail-guard'] as const;

/**
 * The demo, step by step. Each step proves what it says, and throws otherwise; what it showed is in `facts`.
 *
 * @throws DemoFailedError when something promised did not happen.
 */
export async function playDemo(
  start: (say: (line: string) => void) => Promise<DemoWorld>,
  progress: Progress,
  facts: DemoFacts,
): Promise<void> {
  const world = await progress.step(
    'AWS on this machine: an emulator, no account needed',
    async (say) => {
      const { result, milliseconds } = await timed(() => start(say));
      facts.stage = { endpoint: result.endpoint, milliseconds };
      say(`up at ${result.endpoint} in ${seconds(milliseconds)}`);
      return result;
    },
  );
  try {
    await playOn(world, progress, facts);
  } finally {
    await progress.step('Everything is taken down again', async (say) => {
      await world.stop();
      say('no process and no file is left');
      return true;
    });
  }
}

async function playOn(world: DemoWorld, progress: Progress, facts: DemoFacts): Promise<void> {
  for (const service of services) {
    await progress.step(`Deploy ${service}, by the same \`sls deploy\` as to AWS`, async (say) => {
      const { milliseconds } = await timed(() => world.deploy(service));
      facts.deployed = [...(facts.deployed ?? []), { service, milliseconds }];
      say(`in ${seconds(milliseconds)}`);
      return service;
    });
  }
  const trail = await progress.step('A CloudTrail trail that records all Regions', async (say) => {
    const created = await world.createTrail();
    const { isLogging } = await world.status(created);
    facts.trail = { arn: created.arn, isLogging };
    say(created.arn);
    return created;
  });
  const event = await progress.step('An attacker stops it', (say) =>
    attackTrail({ world, trail, facts, say }),
  );
  const act = (title: string, run: typeof seeRestart) =>
    progress.step(title, (say) => run({ world, trail, event, facts, say }));
  await act('Riposte starts it again', seeRestart);
  await act('The security contact gets one message', seeMessage);
  await act('The record says what was done, and how to undo it', seeRecord);
  await act("GuardDuty's finding arrives through Security Hub: the second path", seeSecondPath);
  await act('The same event arrives twenty times more', seeDuplicates);
  await act('A malformed event arrives', seeDeadLetter);
  await playRouter({ world, facts }, progress);
}
