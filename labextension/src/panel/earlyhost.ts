/**
 * The process of the windows begins to start with the cell that asks for windows, while the
 * kernel imports Matplotlib. The kernel itself could ask for it only after that import.
 */

import type { IWindowsModel } from '../tokens';

/**
 * The names of the backend, in a magic, a call or a variable.
 */
const BACKEND = /\b(?:qtwindows|livewindows)\b/;

/**
 * Starts the host early.
 */
export class EarlyHost {
  constructor(private readonly _model: IWindowsModel) {}

  /**
   * Note code that is about to run in a kernel.
   *
   * #### Notes
   * A name in a comment costs a process that waits, and one that is overlooked costs the
   * first window a second: the kernel asks for the host in any case.
   */
  onCode(code: string): void {
    if (this._model.host?.state === 'stopped' && BACKEND.test(code)) {
      // Why it does not start is told by its state, or to the kernel.
      this._model.startHost().catch(() => undefined);
    }
  }
}
