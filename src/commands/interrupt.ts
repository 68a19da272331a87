/** Calls `act` on the first Ctrl-C or SIGTERM, until the returned function is called. The second one ends the process. */
export function onInterrupt(act: () => unknown): () => void {
  const once = () => {
    forget();
    act();
  };
  const forget = () => process.off('SIGINT', once).off('SIGTERM', once);
  process.on('SIGINT', once).on('SIGTERM', once);
  return forget;
}
