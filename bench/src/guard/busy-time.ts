/** Time during which at least one of several things was under way: what overlaps is counted once. */
export interface BusyTime {
  /** Something begins; the function returned ends it, once. */
  begin(): () => void;
  /** Milliseconds so far. */
  total(): number;
}

/** Makes a watch that has seen nothing. */
export function createBusyTime(clock: () => number = () => performance.now()): BusyTime {
  let open = 0;
  let since = 0;
  let total = 0;
  return {
    begin() {
      if (open++ === 0) since = clock();
      let isOpen = true;
      return () => {
        if (isOpen && --open === 0) total += clock() - since;
        isOpen = false;
      };
    },
    total: () => total,
  };
}
