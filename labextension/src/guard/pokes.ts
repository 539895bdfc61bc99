/**
 * When to poke a kernel. A state machine: messages and times go in, a time comes out.
 */

import { bound } from './bounded';
import { IdleTime } from './idletime';
import type { RunEvent } from './messages';
import type { IRun } from './tokens';

/**
 * How long a request may lie unread before the kernel is poked, in ms. It doubles with
 * each poke that does not help. No two pokes of a kernel are ever closer than this.
 */
export const FIRST_WAIT = 250;

/**
 * Longest time between two pokes, in ms.
 */
export const LONGEST_WAIT = 2000;

/**
 * Time between an error and the poke after it, in ms: less than a user needs to run the
 * next cell, and enough for the kernel to enter its GUI loop.
 */
export const WAIT_AFTER_ERROR = 100;

/**
 * Pokes in a row that may be in vain; some 35 s. A kernel that needs more is busy in a way
 * that it does not tell, such as a modal dialog, and reads its messages afterwards.
 */
export const MOST_POKES = 20;

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
 * yet it does not begin. *After an error*: ipykernel up to 6.29.2 cannot end its aborting
 * before another message comes, which should not be the user's next cell.
 *
 * What counts is the time in which the kernel had nothing to do. It begins anew with every
 * sign that code is run: the messages of the runs of this connection, and the beginning
 * and failing of other clients' code. Anything else, such as the comm messages of widgets,
 * which may be dealt with in a subshell while the request lies unread, only stops it as
 * long as the kernel is busy with that.
 */
export class PokeClock {
  /**
   * @param pace - Shared by all connections to the kernel.
   */
  constructor(pace: PokeClock.IPace = { last: -Infinity }) {
    this._pace = pace;
  }

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
    const isOwn = event.type === 'sent' || this._runs.has(event.parent);
    const woken = this._take(event, now);
    if (isOwn) {
      this._idle.restart(now);
      this._pokes = 0;
    } else if (event.type === 'began' || event.type === 'failed') {
      this._idle.restart(now);
      // A kernel that runs code again is worth another try.
      this._pokes = this.isExhausted ? 0 : this._pokes;
    }
    return woken;
  }

  /**
   * When the kernel is to be poked; null if there is no reason to.
   */
  get due(): number | null {
    if (this._idle.isBusy) {
      return null;
    }
    const soonest = this._pace.last + FIRST_WAIT;
    if (this.lost !== null && !this.isExhausted) {
      const wait = Math.min(FIRST_WAIT * 2 ** this._pokes, LONGEST_WAIT);
      return Math.max(this._idle.since + wait, soonest);
    }
    return this._isAfterError
      ? Math.max(this._idle.since + WAIT_AFTER_ERROR, soonest)
      : null;
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
    this._pace.last = now;
    this._idle.restart(now);
    this._failed = null;
    this._pokes += 1;
    return reason;
  }

  /**
   * Forget everything, as the kernel has.
   */
  reset(): void {
    this._runs.clear();
    this._idle.reset();
    this._failed = null;
    this._pokes = 0;
  }

  private _take(event: RunEvent, now: number): IWoken | null {
    switch (event.type) {
      case 'sent':
        this._add({ ...event, begun: false, sent: now });
        return null;
      case 'busy':
        this._idle.work(event.parent, now);
        return this._begin(event.parent, now);
      case 'began':
        // What begins is not aborted: there is no need to poke for its sake.
        this._failed = null;
        return this._begin(event.parent, now);
      case 'idle':
        this._idle.rest(event.parent, now);
        return null;
      case 'failed':
        this._failed = now;
        return null;
      case 'replied':
        this._runs.delete(event.parent);
        this._failed = event.status === 'error' ? now : this._failed;
        return null;
    }
  }

  /**
   * Whether an error has not been followed by a poke yet, of this connection or another,
   * and no request that does the same is on its way.
   */
  private get _isAfterError(): boolean {
    return (
      this.pokesAfterErrors &&
      this._runs.size === 0 &&
      this._failed !== null &&
      this._pace.last <= this._failed
    );
  }

  private _add(run: PokeClock.ITimedRun): void {
    this._runs.set(run.id, run);
    bound(this._runs);
  }

  private _begin(id: string, now: number): IWoken | null {
    const run = this._runs.get(id);
    if (!run || run.begun) {
      return null;
    }
    run.begun = true;
    return this._pokes > 0 ? { run, waited: now - run.sent } : null;
  }

  private _failed: number | null = null;
  private readonly _idle = new IdleTime();
  private readonly _pace: PokeClock.IPace;
  private _pokes = 0;
  private readonly _runs = new Map<string, PokeClock.ITimedRun>();
}

/**
 * A namespace for `PokeClock` statics.
 */
export namespace PokeClock {
  /**
   * When a kernel was poked last.
   */
  export interface IPace {
    last: number;
  }

  /**
   * A request that has not been answered.
   */
  export interface ITimedRun extends IRun {
    begun: boolean;
    readonly sent: number;
  }
}
