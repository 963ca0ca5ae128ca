/** A moment as messages write it: `2026-11-24 14:02:11 UTC`; what is no time stays as it is. */
export function utc(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso.slice(0, 40);
  return `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The time between two moments in words: `0.8 s`, `12 s`, `3 min 10 s`, `2 h 5 min`. */
export function duration(from: string, to: string): string {
  const ms = Math.max(0, new Date(to).getTime() - new Date(from).getTime());
  if (Number.isNaN(ms)) return 'an unknown time';
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
