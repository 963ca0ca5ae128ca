import { asffPath, checkAsffFilters, matchesAsff } from './asff-filters.ts';
import { invalidInput } from './hub-fault.ts';
import { pageOf } from './paging.ts';
import type { HubCall, Operation } from './ports.ts';
import { sortFindings } from './sort-findings.ts';
import type { JsonObject } from './types.ts';

/**
 * GetFindings: the findings that the caller sees and that match all filters, newest first unless sorted otherwise.
 *
 * @see https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html
 */
export const getFindings: Operation = (call) => {
  const { Filters, SortCriteria, NextToken, MaxResults } = call.body;
  checkAsffFilters('Filters', Filters);
  const now = call.clock();
  const matching = visibleFindings(call).filter((finding) => matchesAsff(finding, Filters, now));
  const sorted = sortFindings(matching, SortCriteria, {
    pathOf: (field) => asffPath(field) ?? field.split('.'),
    byDefault: ['UpdatedAt'],
    invalid: invalidInput,
  });
  const { items, next } = pageOf(sorted, {
    token: NextToken,
    maxResults: MaxResults,
    byDefault: 10,
    question: { Filters, SortCriteria },
    invalid: invalidInput,
  });
  return { Findings: items, ...next };
};

function visibleFindings({ states, scope }: HubCall): readonly JsonObject[] {
  return states
    .visibleTo(scope)
    .flatMap(({ findings }) => [...findings.values()].map(({ asff }) => asff));
}
