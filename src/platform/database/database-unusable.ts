/** The database cannot be used in its present state. The message is one line that says what to do. */
export class DatabaseUnusable extends Error {}
