/**
 * When to poke a kernel. A state machine: messages and times go in, a time comes out.
 */

import type { RunEvent } from './messages';
import type { IRun } from './tokens';

/**
 * How long a request may lie unread before the kernel is poked, in ms. It doubles with
 * each poke that does not help. No two pokes are ever closer than this.
 */
export const FIRST_WAIT = 250;

/**
 * Longest time between two pokes, in ms.
 */
export const LONGEST_WAIT = 2000;

/**
 * Time between an error and the poke after it, in ms: less than a person needs to run the
 * next cell, and enough for the kernel to enter its GUI loop.
 */
export const WAIT_AFTER_ERROR = 100;

/**
 * Pokes in a row that may be in vain; some 35 s. A kernel that needs more is busy in a way
 * that it does not tell, such as a modal dialog, and reads its messages afterwards.
 */
export const MOST_POKES = 20;

/**
 * Requests that are remembered; of a kernel that never answers the oldest are forgotten.
 */
const MOST_REMEMBERED = 1000;

/**
 * A run that began after pokes.
 */
export interface IWoken {
  readonly run: IRun;
  /** How long it waited, in ms. */
  readonly waited: number;
}

/**
 * Follows the requests of one kernel connection and says when the kernel is to be poked.
 *
 * #### Notes
 * A kernel is poked for two reasons. *Lost*: a request was sent, none is being worked on,
 * yet it does not begin. Busyness is counted by request, since the status of a kernel with
 * subshells says idle while a cell runs, when a comm message was dealt with meanwhile.
 * *After an error*: ipykernel up to 6.29.2 cannot end its aborting before another message
 * comes, which should not be the person's next cell.
 */
export class PokeClock {
  /**
   * Whether the kernel may need a poke after an error.
   */
  pokesAfterErrors = true;

  /**
   * Note what a message tells.
   *
   * @returns the run that begins with this message if the kernel was poked for it.
   */
  take(event: RunEvent, now: number): IWoken | null {
    const woken = this._take(event, now);
    this._progress = now;
    this._pokes = 0;
    return woken;
  }

  /**
   * When the kernel is to be poked; null if there is no reason to.
   */
  get due(): number | null {
    let due: number | null = null;
    if (this._busy.size === 0) {
      if (this.lost !== null && this._pokes < MOST_POKES) {
        const wait = Math.min(FIRST_WAIT * 2 ** this._pokes, LONGEST_WAIT);
        due = Math.max(this._progress, this._poked) + wait;
      } else if (
        this._afterError &&
        this.pokesAfterErrors &&
        this._runs.size === 0
      ) {
        due = this._progress + WAIT_AFTER_ERROR;
      }
    }
    return due === null ? null : Math.max(due, this._poked + FIRST_WAIT);
  }

  /**
   * The oldest run that has not begun, and how long ago it was sent.
   */
  get lost(): IRun | null {
    for (const run of this._runs.values()) {
      if (!run.begun) {
        return run;
      }
    }
    return null;
  }

  /**
   * Whether pokes have been in vain for so long that no more will follow.
   */
  get isExhausted(): boolean {
    return this._pokes >= MOST_POKES;
  }

  /**
   * How long a run has been waiting, in ms.
   */
  waited(run: IRun, now: number): number {
    return now - (this._runs.get(run.id)?.sent ?? now);
  }

  /**
   * Note that the kernel was poked.
   *
   * @returns why it was: for a lost run, or after an error.
   */
  poke(now: number): 'lost' | 'after-error' {
    const reason = this.lost === null ? 'after-error' : 'lost';
    this._poked = now;
    this._afterError = false;
    this._pokes += 1;
    return reason;
  }

  /**
   * Forget everything, as the kernel has.
   */
  reset(): void {
    this._runs.clear();
    this._busy.clear();
    this._afterError = false;
    this._pokes = 0;
  }

  private _take(event: RunEvent, now: number): IWoken | null {
    switch (event.type) {
      case 'sent':
        this._add({ ...event, begun: false, sent: now });
        return null;
      case 'busy':
        this._busy.add(event.parent);
        Private.bound(this._busy);
        return this._begin(event.parent, now);
      case 'began':
        // What begins is not aborted: there is no need to poke for its sake.
        this._afterError = false;
        return this._begin(event.parent, now);
      case 'idle':
        this._busy.delete(event.parent);
        return null;
      case 'failed':
        this._afterError = true;
        return null;
      case 'replied':
        this._runs.delete(event.parent);
        this._afterError = this._afterError || event.status === 'error';
        return null;
    }
  }

  private _add(run: PokeClock.ITimedRun): void {
    this._runs.set(run.id, run);
    Private.bound(this._runs);
  }

  private _begin(id: string, now: number): IWoken | null {
    const run = this._runs.get(id);
    if (!run || run.begun) {
      return null;
    }
    run.begun = true;
    return this._pokes > 0 ? { run, waited: now - run.sent } : null;
  }

  private _afterError = false;
  private readonly _busy = new Set<string>();
  private _poked = -Infinity;
  private _pokes = 0;
  private _progress = -Infinity;
  private readonly _runs = new Map<string, PokeClock.ITimedRun>();
}

/**
 * A namespace for `PokeClock` statics.
 */
export namespace PokeClock {
  /**
   * A request that has not been answered.
   */
  export interface ITimedRun extends IRun {
    begun: boolean;
    readonly sent: number;
  }
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export function bound(
    remembered: Set<string> | Map<string, PokeClock.ITimedRun>
  ): void {
    if (remembered.size > MOST_REMEMBERED) {
      const [oldest] = remembered.keys();
      remembered.delete(oldest);
    }
  }
}
