/** What the exit status of `riposte` says. */
export const exitCodes = {
  /** Done; with `doctor` and `trail diff`: nothing is missing, nothing differs. */
  done: 0,
  /** Something failed, is missing or differs. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Understood and not done: impossible, not confirmed, or somebody else was faster. */
  refused: 3,
} as const;

/** The same in words, for help texts. */
export const exitCodesHelp = `Exit status:
  0  done; nothing is missing, nothing differs
  1  failed, or something is missing (doctor), differs (trail diff) or is not proven (evidence verify)
  2  the command line is wrong
  3  refused: not possible, not confirmed, or somebody else was faster`;
