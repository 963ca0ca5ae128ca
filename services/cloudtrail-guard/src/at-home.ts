/** Said by a deployment that is not the one that acts. */
export const elsewhere = 'another Region is home: nothing is done here' as const;

/**
 * Lets only the deployment in the home Region act, so that a finding which arrives in several Regions is answered once.
 *
 * @param config an empty HOME_REGION means that this deployment acts.
 */
export function atHome<TInput, TResult>(
  { HOME_REGION, AWS_REGION }: { readonly HOME_REGION: string; readonly AWS_REGION: string },
  answer: (input: TInput) => Promise<TResult>,
): (input: TInput) => Promise<TResult | typeof elsewhere> {
  const isHome = HOME_REGION === '' || HOME_REGION === AWS_REGION;
  return async (input) => (isHome ? answer(input) : elsewhere);
}
