/**
 * Categories of the NIST Cybersecurity Framework 2.0 by control of NIST SP 800-53 Rev. 5, as far as Security Hub's controls refer to them:
 * NIST's own informative references between the two, read backwards and brought up from subcategories to their categories. Coarse on
 * purpose; see docs/evidence.md.
 *
 * @see https://csrc.nist.gov/projects/cybersecurity-framework/filters#/csf/filters
 */
const byControl: Readonly<Record<string, readonly string[]>> = {
  'AC-2': ['DE.CM', 'PR.AA'],
  'AC-3': ['PR.AA', 'PR.DS', 'PR.IR'],
  'AC-4': ['DE.CM', 'ID.AM', 'PR.DS', 'PR.IR'],
  'AC-5': ['PR.AA'],
  'AC-6': ['PR.AA'],
  'AC-17': ['PR.AA'],
  'AU-2': ['PR.PS'],
  'AU-3': ['PR.PS'],
  'AU-6': ['DE.AE', 'PR.PS'],
  'AU-7': ['PR.PS', 'RS.AN'],
  'AU-11': ['PR.PS'],
  'AU-12': ['DE.CM', 'PR.PS'],
  'CA-7': ['DE.AE', 'DE.CM', 'ID.RA'],
  'CA-9': ['ID.AM'],
  'CM-3': ['DE.CM', 'PR.PS'],
  'CM-8': ['ID.AM', 'PR.PS'],
  'CP-2': ['PR.IR', 'RC.RP'],
  'CP-6': ['PR.DS', 'PR.IR'],
  'CP-9': ['PR.DS', 'RC.RP'],
  'CP-10': ['RC.RP'],
  'IR-4': ['DE.AE', 'RC.RP', 'RS.AN', 'RS.MA', 'RS.MI'],
  'SA-11': ['ID.RA', 'PR.PS'],
  'SC-5': ['DE.CM', 'PR.IR'],
  'SC-7': ['DE.CM', 'PR.DS', 'PR.IR'],
  'SC-8': ['PR.DS'],
  'SC-12': ['PR.DS'],
  'SC-13': ['PR.DS'],
  'SC-28': ['PR.DS'],
  'SI-2': ['PR.PS'],
  'SI-3': ['DE.CM', 'PR.DS'],
  'SI-4': ['DE.AE', 'DE.CM', 'ID.RA', 'PR.DS'],
  'SI-7': ['DE.CM', 'PR.DS', 'PR.PS'],
  'SI-12': ['ID.AM'],
  'SI-13': ['PR.IR'],
};

/** Where a control is not listed above, its family decides. */
const byFamily: Readonly<Record<string, string>> = {
  AC: 'PR.AA',
  AT: 'PR.AT',
  AU: 'PR.PS',
  CA: 'ID.RA',
  CM: 'PR.PS',
  CP: 'RC.RP',
  IA: 'PR.AA',
  IR: 'RS.MA',
  MA: 'PR.PS',
  MP: 'PR.DS',
  PE: 'PR.AA',
  PL: 'GV.PO',
  PM: 'GV.RM',
  PS: 'GV.RR',
  PT: 'PR.DS',
  RA: 'ID.RA',
  SA: 'PR.PS',
  SC: 'PR.IR',
  SI: 'DE.CM',
  SR: 'GV.SC',
};

/**
 * Categories of NIST CSF 2.0 that controls of NIST SP 800-53 contribute to, in alphabetical order. Enhancements count as their control.
 *
 * @example
 * csfCategoriesOf(['SC-28(1)', 'AC-6']); // ['PR.AA', 'PR.DS']
 */
export function csfCategoriesOf(nistControls: readonly string[]): readonly string[] {
  const categories = nistControls.flatMap((control) => {
    const [base = ''] = control.split('(');
    const [family = ''] = base.split('-');
    const fallback = Object.hasOwn(byFamily, family) ? byFamily[family] : undefined;
    const listed = Object.hasOwn(byControl, base) ? byControl[base] : undefined;
    return listed ?? (fallback === undefined ? [] : [fallback]);
  });
  return [...new Set(categories)].sort();
}
