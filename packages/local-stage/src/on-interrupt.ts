const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a clean-up when this process is interrupted or exits before it was done. The signal then does what it would have done.
 *
 * @returns What forgets the clean-up again.
 */
export function onInterrupt(cleanUp: () => void): () => void {
  const listener = (signal: NodeJS.Signals) => {
    forget();
    cleanUp();
    // Others who listen decide themselves whether to end.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const forget = () => {
    for (const signal of signals) process.removeListener(signal, listener);
    process.removeListener('exit', cleanUp);
  };
  for (const signal of signals) process.on(signal, listener);
  process.on('exit', cleanUp);
  return forget;
}
