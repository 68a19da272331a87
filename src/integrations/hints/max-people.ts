/** The most people of a run of scope `people`. Above this, a run of everybody costs GitHub less than asking for each. */
export const MAX_PEOPLE = 100;
