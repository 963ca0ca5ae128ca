/** Names of the numbers that findings in OCSF carry. @see https://schema.ocsf.io/categories/findings */
export const severityNames: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'Informational',
  2: 'Low',
  3: 'Medium',
  4: 'High',
  5: 'Critical',
  6: 'Fatal',
  99: 'Other',
};

/** As BatchUpdateFindingsV2 takes them: `Deleted` (6) is not among them. */
export const statusNames: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'New',
  2: 'In Progress',
  3: 'Suppressed',
  4: 'Resolved',
  5: 'Archived',
  99: 'Other',
};

export const activityNames: Readonly<Record<number, string>> = {
  1: 'Create',
  2: 'Update',
  3: 'Close',
};

export const classNames: Readonly<Record<number, string>> = {
  2002: 'Vulnerability Finding',
  2003: 'Compliance Finding',
  2004: 'Detection Finding',
  2006: 'Data Security Finding',
};
