import type { TranslationBundle } from '@jupyterlab/translation';

import type { IHostModel } from '../tokens';

/**
 * Qt's platforms that draw windows which nobody can see.
 */
const UNSEEN = ['offscreen', 'minimal'];

/**
 * Say why no window can be seen and what to do about it; '' if windows can be seen.
 */
export function whyHidden(
  host: IHostModel | null,
  trans: TranslationBundle
): string {
  if (!host || !UNSEEN.includes(host.platform)) {
    return '';
  }
  return (
    host.note ||
    trans.__(
      'The windows are not visible. Start the Jupyter server in a desktop session.'
    )
  );
}
