/** What a call throws; what it returns where it throws nothing, so that an assertion on an error fails readably. */
export function thrownBy(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
