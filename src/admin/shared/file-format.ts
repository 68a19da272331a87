import { formText } from '../../platform/web/form-text.js';

/** CSV where nothing else is chosen. */
export const formatIn = (parameters: unknown): 'csv' | 'json' =>
  formText(parameters, 'format') === 'json' ? 'json' : 'csv';
