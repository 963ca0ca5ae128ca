import type { Failures, QueueMessage } from '@riposte/lambda';

/** Lets only the deployment in the home Region act, so that a finding which arrives in several Regions is routed once. */
export function atHome(
  { HOME_REGION, AWS_REGION }: { readonly HOME_REGION: string; readonly AWS_REGION: string },
  run: (messages: readonly QueueMessage[]) => Promise<Failures>,
): (messages: readonly QueueMessage[]) => Promise<Failures> {
  const isHome = HOME_REGION === '' || HOME_REGION === AWS_REGION;
  return async (messages) => (isHome ? run(messages) : new Map());
}
