/** A command failed. Its message is one line that says what happened and what to do. */
export class CommandError extends Error {}

/** A command was called in a wrong way. */
export class UsageError extends CommandError {}
