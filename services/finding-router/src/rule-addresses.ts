import { placeholdersOf, type RuleSet } from '@riposte/rules';

/** Asks the framework for a parameter; empty where it was not given. */
type Parameter = (name: string) => Promise<unknown>;

/**
 * The addresses of rules (`${NAME}`) that parameters of the deployment give, by the name of their variable: `${SERVICENOW_URL}` by
 * `--param servicenowUrl=…`. What the service itself sets in its environment is no parameter. For packaging only.
 */
export async function ruleAddresses(
  ruleSet: RuleSet,
  own: Readonly<Record<string, unknown>>,
  parameter: Parameter,
): Promise<Readonly<Record<string, string>>> {
  const addresses: Record<string, string> = {};
  for (const name of placeholdersOf(ruleSet)) {
    if (Object.hasOwn(own, name)) continue;
    const given = await parameter(parameterOf(name));
    if (typeof given === 'string' && given !== '') addresses[name] = given;
  }
  return addresses;
}

/** `SERVICENOW_URL` is `servicenowUrl`. */
function parameterOf(name: string): string {
  return name.toLowerCase().replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
}
