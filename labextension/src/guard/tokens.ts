/**
 * Names and shapes shared by the modules of the guard. Importing this file has no side
 * effects.
 */

import type { ISignal } from '@lumino/signaling';

/**
 * The id of the guard's plugin, which also names its settings.
 */
export const GUARD_ID = 'jlab-qtwindows:guard';

/**
 * The id of the plugin that lets cells run after errors; it also names its settings.
 */
export const KEEP_RUNNING_ID = 'jlab-qtwindows:keep-running';

/**
 * The commands of the guard.
 */
export namespace GuardCommandIDs {
  export const showHelp = 'jlab-qtwindows:show-cell-running-help';
  export const toggleKeepRunning = 'jlab-qtwindows:toggle-keep-running';
}

/**
 * One request to execute code.
 */
export interface IRun {
  /** The id of the request. */
  readonly id: string;
  /** The cell it was made for, or null if it was made for none. */
  readonly cellId: string | null;
  readonly code: string;
}

/**
 * Something the guard has noticed or done.
 */
export type GuardEvent =
  /** A run began after the kernel was poked. */
  | { readonly type: 'woken'; readonly run: IRun; readonly waited: number }
  /** A run has not begun, and the kernel will not be poked for it any more. */
  | { readonly type: 'unanswered'; readonly run: IRun; readonly waited: number }
  /** The kernel was poked after an error, so that it ends the aborting. */
  | { readonly type: 'settled' }
  /** Runs were aborted by mistake and should be run again, in this order. */
  | { readonly type: 'aborted'; readonly runs: readonly IRun[] }
  /** Runs were aborted by mistake, and running them again could do harm. */
  | {
      readonly type: 'left';
      readonly runs: readonly IRun[];
      readonly why: LeftReason;
    }
  /** The kernel was started anew. */
  | { readonly type: 'reset' };

/**
 * Why a run that was aborted by mistake is not run again.
 */
export type LeftReason =
  'aborted-again' | 'changed' | 'in-console' | 'later-cells-ran';

/**
 * What a user may choose.
 */
export interface IGuardSettings {
  /** Whether a GUI loop is taken for granted in every Python kernel. */
  readonly assumesLoop: boolean;
  /** Whether anything is done. */
  readonly enabled: boolean;
}

/**
 * What the guard has done for one kernel since it was started.
 */
export interface IRescues {
  /** Errors after which the kernel was poked, so that it ends the aborting. */
  readonly settled: number;
  /** Runs that began after the kernel was poked. */
  readonly woken: number;
  /** Cells that were run again. */
  readonly repeated: number;
  /** Cells that were aborted by mistake and not run again. */
  readonly left: number;
}

/**
 * What the guard has done for a kernel that needed nothing yet.
 */
export const NO_RESCUES: IRescues = {
  left: 0,
  repeated: 0,
  settled: 0,
  woken: 0
};

/**
 * What the guard tells about the kernel of the current notebook or console.
 */
export interface IGuardModel {
  readonly rescues: IRescues;

  /** Emitted after the counts changed, or another document became current. */
  readonly changed: ISignal<IGuardModel, void>;
}
