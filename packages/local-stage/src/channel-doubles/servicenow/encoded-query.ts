import type { DoubleIncident, ServiceNowDoubleOptions } from './types.ts';

type Test = (row: DoubleIncident) => boolean;

/** What conditions are made of, as far as tickets use them. */
const condition = /^(?<name>[a-z_]+)(?:(?<empty>ISNOTEMPTY)|IN(?<list>.*)|=(?<value>.*))$/;

/**
 * The rows that an encoded query finds: conditions that all hold, each of which may have others instead of it.
 *
 * @see https://www.servicenow.com/docs/r/platform-user-interface/c_EncodedQueryStrings.html
 */
export function queried(query: string, options: ServiceNowDoubleOptions): Test {
  const all = query
    .split(/\^(?!OR(?!DERBY))/)
    .filter((part) => part !== '' && !part.startsWith('ORDERBY'))
    .map((part) => part.split('^OR').map((one) => testOf(one, options)));
  return (row) => all.every((any) => any.some((fits) => fits(row)));
}

/** A condition that it does not understand, or on a field that the user may not read, is dropped without a word. */
function testOf(text: string, { hidesCorrelation }: ServiceNowDoubleOptions): Test {
  const { name = '', empty, list, value } = condition.exec(text)?.groups ?? {};
  if (name === '' || (name === 'correlation_id' && hidesCorrelation)) return () => true;
  const held = ({ sysId, fields }: DoubleIncident) =>
    name === 'sys_id' ? sysId : (fields[name] ?? '');
  if (empty !== undefined) return (row) => held(row) !== '';
  const values = list === undefined ? [value] : list.split(',');
  return (row) => values.includes(held(row));
}
