/** The database cannot be used as it is. Its message is one line that says what to do. */
export class DatabaseUnusable extends Error {}
