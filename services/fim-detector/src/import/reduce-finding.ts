import { type AsffFinding, cutText } from '@riposte/findings';

/** What a finding says in the end: which file, of which version, and where everything about it lies. */
const told = /name|file|path|node|type|version|ledger|evidence|sha256|rule|account|reduced/i;
const longest = { title: 120, description: 400, value: 512, fields: 20 };

/** Anything but printable ASCII. */
const unusual = /[^\x20-\x7e]/gu;

/**
 * The same finding with less in it, for a Security Hub that refuses the whole: id, times, resource and the pointers to the evidence stay,
 * texts are short and of plain characters, and what was said besides is left out.
 *
 * @param reason what Security Hub said.
 */
export function reduceFinding(finding: AsffFinding, reason: string): AsffFinding {
  const { Note: _note, UserDefinedFields: _fields, Remediation: _how, ...rest } = finding;
  const { SourceUrl: _url, FirstObservedAt: _first, LastObservedAt: _last, ...core } = rest;
  const types = finding.Types.slice(0, 1);
  return {
    ...core,
    Types: types,
    Title: plain(finding.Title, longest.title),
    Description: plain(finding.Description, longest.description),
    ProductFields: {
      ...fieldsOf(finding.ProductFields ?? {}),
      'riposte/fim/reduced': plain(reason, longest.value),
    },
    Resources: finding.Resources.slice(0, 1).map(({ Type, Id, Region }) => ({
      Type,
      Id,
      ...(Region !== undefined && { Region }),
    })),
    FindingProviderFields: { ...finding.FindingProviderFields, Types: types },
  };
}

function fieldsOf(fields: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(fields).filter(([name]) => told.test(name));
  return Object.fromEntries(
    kept.slice(0, longest.fields).map(([name, value]) => [name, plain(value, longest.value)]),
  );
}

/** Never blank: Security Hub takes no blank texts. */
function plain(text: string, max: number): string {
  const ascii = text.replace(
    unusual,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  const cut = ascii.length <= max ? ascii : `${cutText(ascii, max - 2).slice(0, -1)}...`;
  return /\S/.test(cut) ? cut : '(empty)';
}
