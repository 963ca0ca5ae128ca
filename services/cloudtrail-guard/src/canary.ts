/** The parameter that the sweep writes to: the event of that call, coming back, proves that the way of events works. */
export function canaryParameter(stage: string): string {
  return `/riposte/${stage}/cloudtrail-guard/canary`;
}
