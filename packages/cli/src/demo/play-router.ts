import { waitingRule } from './demo-rules.ts';
import type { Progress } from './progress.ts';
import { type RouterAct, seeRouted, seeRoutedAgain, seeTicket, seeTold } from './router-path.ts';
import { seeEffect, seePreview } from './rule-path.ts';
import { seconds, timed } from './timed.ts';

const service = 'finding-router';

/**
 * The router's chapter: a finding is enriched, raised, ticketed and told once; then a rule is previewed, enabled, and takes effect.
 *
 * @throws DemoFailedError when something promised did not happen.
 */
export async function playRouter(
  played: Omit<RouterAct, 'say'>,
  progress: Progress,
): Promise<void> {
  const act = <T>(title: string, run: (act: RouterAct) => Promise<T>) =>
    progress.step(title, (say) => run({ ...played, say }));
  await act(`Deploy ${service}, with rules, owners and channels`, async ({ world, facts, say }) => {
    const { milliseconds } = await timed(() => world.router.deploy());
    facts.deployed = [...(facts.deployed ?? []), { service, milliseconds }];
    say(`in ${seconds(milliseconds)}`);
    return true;
  });
  const sent = await act(
    'GuardDuty finds something else: a rule finds the owner and the risk',
    seeRouted,
  );
  await act('It has one ticket in Jira', seeTicket);
  await act('Its team gets one message', seeTold);
  await act('The same finding arrives five times more', (again) => seeRoutedAgain(again, sent));
  await act(`Preview of a rule that is not enabled: ${waitingRule}`, seePreview);
  await act(
    'The rule is enabled: `sls deploy function --function route`',
    async ({ world, facts, say }) => {
      const { milliseconds } = await timed(() => world.router.enableRule());
      facts.enabled = { rule: waitingRule, milliseconds };
      say(`in ${seconds(milliseconds)}`);
      return true;
    },
  );
  await act('The next finding is treated as the preview said', seeEffect);
}
