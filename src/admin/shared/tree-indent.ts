/** Deeper teams are not moved in further. */
const MAX_INDENT = 8;

/** How far a team is moved in below the teams that it is in. @param depth 0 at the top */
export const treeIndent = (depth = 0): number => Math.min(depth, MAX_INDENT);
