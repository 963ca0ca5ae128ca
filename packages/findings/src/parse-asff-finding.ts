import * as z from 'zod';
import { isArn, parseArn, partitionOfRegion } from './arn.ts';
import { MalformedFindingError } from './errors.ts';
import type { Finding, FindingResource } from './finding.ts';
import { at, defined, field, isObject, read, textOf, textsOf } from './read.ts';
import { severityFromAsff } from './severity.ts';

const text = z.string().min(1);

const asff = z.object({
  Id: text,
  ProductArn: text,
  GeneratorId: z.string().nullish(),
  AwsAccountId: z.string().regex(/^\d{12}$/),
  Title: z.string().nullish(),
  Description: z.string().nullish(),
  Types: z.array(z.string()).nullish(),
  Resources: z.array(z.object({ Id: text })),
});

/**
 * Reads one finding in the AWS Security Finding Format, every resource of it.
 *
 * @throws MalformedFindingError naming the first field that is missing or wrong.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html
 * @example
 * const finding = parseAsffFinding(JSON.parse(text));
 */
export function parseAsffFinding(input: unknown): Finding {
  const known = read(asff, input, MalformedFindingError);
  const raw = isObject(input) ? input : {};
  const region = regionOf(raw, known.ProductArn);
  return defined({
    format: 'asff' as const,
    id: known.Id,
    productArn: known.ProductArn,
    productName:
      textOf(raw.ProductName) ?? textOf(at(raw, 'ProductFields', 'aws/securityhub/ProductName')),
    generatorId: known.GeneratorId ?? undefined,
    accountId: known.AwsAccountId,
    region,
    partition: isArn(known.ProductArn)
      ? parseArn(known.ProductArn).partition
      : partitionOfRegion(region),
    title: known.Title ?? '',
    description: known.Description ?? undefined,
    types: known.Types ?? textsOf(at(raw, 'FindingProviderFields', 'Types')),
    severity: severityOf(raw),
    workflowStatus: textOf(at(raw, 'Workflow', 'Status')),
    recordState: textOf(raw.RecordState),
    note: noteOf(raw.Note),
    resources: known.Resources.map(({ Id }, index) => resourceOf(Id, at(raw, 'Resources', index))),
    productFields: stringMap(raw.ProductFields),
    securityControlId: textOf(at(raw, 'Compliance', 'SecurityControlId')),
    createdAt: textOf(raw.CreatedAt),
    updatedAt: textOf(raw.UpdatedAt),
    raw,
  });
}

/** The string members of a JSON object; other members are left to the raw document. */
export function stringMap(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** A finding states its severity in `Severity`, or as its provider did in `FindingProviderFields`. */
function severityOf(raw: Record<string, unknown>): Finding['severity'] {
  const stated = {
    Severity: raw.Severity,
    'FindingProviderFields.Severity': at(raw, 'FindingProviderFields', 'Severity'),
  };
  for (const severity of Object.values(stated)) {
    const read = severityFromAsff(field(severity, 'Label'), field(severity, 'Normalized'));
    if (read) return read;
  }
  const [path, wrong] = Object.entries(stated).find(([, value]) => value != null) ?? ['Severity'];
  throw new MalformedFindingError(isObject(wrong) ? `${path}.Label` : path);
}

function regionOf(raw: Record<string, unknown>, productArn: string): string {
  const stated = textOf(raw.Region) ?? textOf(at(raw, 'ProductFields', 'aws/securityhub/Region'));
  return stated ?? (isArn(productArn) ? parseArn(productArn).region : '');
}

function noteOf(note: unknown): Finding['note'] {
  const said = textOf(field(note, 'Text'));
  if (said === undefined) return undefined;
  return defined({
    text: said,
    updatedBy: textOf(field(note, 'UpdatedBy')),
    updatedAt: textOf(field(note, 'UpdatedAt')),
  });
}

function resourceOf(id: string, resource: unknown): FindingResource {
  return defined({
    id,
    type: textOf(field(resource, 'Type')),
    region: textOf(field(resource, 'Region')),
    partition: textOf(field(resource, 'Partition')),
    tags: stringMap(field(resource, 'Tags')),
  });
}
