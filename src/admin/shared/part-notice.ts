import type { KnownPart } from '../../integrations/parts/integration-parts.js';

/** What a list says of a part that is not all known; undefined where it is. */
export const partNotice = ({ state, needs, asOf }: KnownPart) =>
  state === 'complete'
    ? undefined
    : {
        words: state === 'incomplete' && !asOf ? 'Not read yet.' : WORDS[state],
        needs: state === 'incomplete' && !asOf ? 'A sync of everybody reads them.' : needs,
        asOf: asOf?.toISOString(),
      };

const WORDS = {
  incomplete: 'Incomplete.',
  not_visible: 'Not visible to the credential.',
  failed: 'Could not be read.',
};
