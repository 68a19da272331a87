// Whether the web server of this container answers; a worker has none, and its container needs no check.
const { PORT = '3000' } = process.env;
const answer = await fetch(`http://127.0.0.1:${PORT}/health/live`).catch(() => undefined);
process.exit(answer?.ok ? 0 : 1);
