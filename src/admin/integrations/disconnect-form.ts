import { formText } from '../../platform/web/form-text.js';

export interface TypedDisconnect {
  name: string;
  directory: string;
}

/** The form's values as sent. */
export const typedDisconnect = (form: unknown): TypedDisconnect => ({
  name: formText(form, 'name'),
  directory: formText(form, 'directory'),
});

interface Checked {
  /** Undefined when a field is wrong. */
  choice?: { keepDirectory: boolean };
  faults: Partial<TypedDisconnect>;
}

/** @param login the name to type, without regard to case */
export function checkDisconnect({ name, directory }: TypedDisconnect, login: string): Checked {
  const isName = name.toLowerCase() === login.toLowerCase();
  const isChoice = directory === 'keep' || directory === 'delete';
  if (isName && isChoice) return { choice: { keepDirectory: directory === 'keep' }, faults: {} };
  return {
    faults: {
      ...(!isName && {
        name: `The name does not match. Nothing was disconnected. Type ${login} to confirm.`,
      }),
      ...(!isChoice && { directory: 'Choose whether to keep or delete the directory.' }),
    },
  };
}
