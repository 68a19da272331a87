import type { KnownPart } from '../../integrations/parts/integration-parts.js';
import type { PartName } from '../../integrations/parts/part.js';

/** The pages of an organization that list who, or what, it has. */
const PAGES: Record<PartName, { path: string; label: string }> = {
  members: { path: 'members', label: 'Members' },
  outsideCollaborators: { path: 'collaborators', label: 'Outside collaborators' },
  invitations: { path: 'invitations', label: 'Invitations' },
  teams: { path: 'github-teams', label: 'Teams' },
  identities: { path: 'members?identity=linked', label: 'Identities' },
};

/** The links between an organization's lists, each with its size. @param here the part whose page it is */
export function partsNav(id: number, parts: KnownPart[], here?: PartName) {
  const links = parts.map((one) => linkOf(id, one, here));
  return { links, here: links.find(({ isHere }) => isHere) };
}

const linkOf = (id: number, known: KnownPart, here?: PartName) => ({
  label: PAGES[known.part].label,
  href: `/integrations/github/${id}/${PAGES[known.part].path}`,
  isHere: known.part === here,
  total: known.total,
  ...stateOf(known),
});

/** Where the size is not that of now, why. Before the first sync there is nothing to say. */
function stateOf({ state, needs, asOf, total }: KnownPart) {
  if (state === 'complete' || (state === 'incomplete' && !asOf)) return {};
  const word = total === null ? WORDS[state] : 'not up to date';
  return { word: state === 'incomplete' ? 'incomplete' : word, needs };
}

const WORDS = { incomplete: 'incomplete', not_visible: 'not visible', failed: 'not read' };
