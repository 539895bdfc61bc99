/**
 * Which runs were aborted by mistake. A state machine that knows only the order of
 * messages.
 */

import { bound } from './bounded';
import type { RunEvent } from './messages';
import type { GuardEvent, IRun } from './tokens';

/**
 * What became of runs that were aborted by mistake.
 */
export type AbortedEvent = Extract<GuardEvent, { type: 'aborted' | 'left' }>;

/**
 * Finds the runs that the kernel aborted although they were sent after the last error was
 * known here. Runs sent before it belong to the queue that the error ends.
 *
 * #### Notes
 * The verdict comes when no request is waiting any more. If a later one has run meanwhile,
 * the aborted ones are left alone: cells must not run in another order than that in which
 * they were started. A cell that is aborted again is left alone as well.
 */
export class AbortedRuns {
  /**
   * Note what a message tells.
   */
  take(event: RunEvent): AbortedEvent | null {
    switch (event.type) {
      case 'sent':
        this._add(event);
        return null;
      case 'failed':
        // Perhaps another client's, whose reply does not come here. For a run of ours the
        // time of the reply is taken after this.
        this._lastError = ++this._clock;
        return null;
      case 'replied':
        return this._settle(event.parent, event.status);
      default:
        return null;
    }
  }

  /**
   * Whether a run was aborted by mistake on which there is no verdict yet.
   */
  get isPending(): boolean {
    return this._aborted.length > 0;
  }

  /**
   * Expect that a cell is run again: another abortion of it is left alone.
   */
  expect(runs: readonly IRun[]): void {
    this._expected = new Set(runs.map(run => run.cellId));
  }

  /**
   * Forget everything, as the kernel has.
   */
  reset(): void {
    this._aborted = [];
    this._expected.clear();
    this._hasLaterRun = false;
    this._waiting.clear();
  }

  private _add(run: IRun): void {
    const { id, cellId, code } = run;
    if (cellId === null) {
      // Extensions run code for themselves, and see to it themselves.
      return;
    }
    const isRepeated = this._expected.delete(cellId);
    const order = ++this._clock;
    this._waiting.set(id, { id, cellId, code, isRepeated, order });
    bound(this._waiting);
  }

  private _settle(
    id: string,
    status: 'ok' | 'error' | 'aborted'
  ): AbortedEvent | null {
    const run = this._waiting.get(id);
    if (!run) {
      return null;
    }
    this._waiting.delete(id);
    if (status !== 'aborted') {
      this._hasLaterRun = this._hasLaterRun || this._aborted.length > 0;
    } else if (run.order > this._lastError) {
      this._aborted.push(run);
    }
    if (status === 'error') {
      this._lastError = ++this._clock;
    }
    return this._waiting.size === 0 ? this._judge() : null;
  }

  private _judge(): AbortedEvent | null {
    const runs = this._aborted;
    const hasLaterRun = this._hasLaterRun;
    this._aborted = [];
    this._hasLaterRun = false;
    if (runs.length === 0) {
      return null;
    }
    if (hasLaterRun) {
      return { type: 'left', runs, why: 'later-cells-ran' };
    }
    if (runs.some(run => run.isRepeated)) {
      return { type: 'left', runs, why: 'aborted-again' };
    }
    return { type: 'aborted', runs };
  }

  private _aborted: Private.IOrderedRun[] = [];
  private _clock = 0;
  private _expected = new Set<string | null>();
  private _hasLaterRun = false;
  private _lastError = 0;
  private readonly _waiting = new Map<string, Private.IOrderedRun>();
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export interface IOrderedRun extends IRun {
    /** Whether the guard itself had this cell run. */
    readonly isRepeated: boolean;
    readonly order: number;
  }
}
