/** Answers what the bench asks over IPC, by the name of the method, until the bench lets go. */
export function answerCalls(methods) {
  process.on('message', async ({ id, method, args }) => {
    try {
      process.send({ id, result: await methods[method](...args) });
    } catch (error) {
      process.send({ id, error: error.stack ?? String(error) });
    }
  });
  process.once('disconnect', () => process.exit());
  // Ctrl-C reaches us too, and is for the bench to heed.
  process.on('SIGINT', () => undefined);
}
