import type { Kernel, KernelMessage } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import { AbortedRuns } from './aborted';
import type { IKernelFacts } from './knownkernels';
import type { IExecuted, LoopHistory } from './loops';
import { isStartedAnew, readMessage } from './messages';
import type { RunEvent } from './messages';
import { PokeClock } from './pokes';
import type { GuardEvent, IGuardSettings, IRun } from './tokens';

/**
 * Listens to one kernel connection, pokes the kernel when a request lies unread, and tells
 * of runs that were aborted by mistake.
 *
 * #### Notes
 * It has no timer unless a request waits in a kernel in which a GUI loop may be running.
 */
export class KernelGuard implements IDisposable {
  constructor(options: KernelGuard.IOptions) {
    const { facts, kernel } = options;
    this._clock = new PokeClock(facts.pace);
    this._kernel = kernel;
    this._loops = facts.loops;
    this._settings = options.settings;
    kernel.anyMessage.connect(this._onMessage, this);
    kernel.statusChanged.connect(this._onStatus, this);
    kernel.connectionStatusChanged.connect(this._onConnection, this);
    kernel.disposed.connect(this.dispose, this);
    // The connection has asked by itself; an error shows where it is dealt with.
    kernel.info.then(this._onInfo, () => undefined);
  }

  /**
   * A signal emitted for everything the guard does or notices.
   */
  get happened(): ISignal<this, GuardEvent> {
    return this._happened;
  }

  /**
   * What the user has chosen. The guard listens also while it is switched off, so that
   * it knows what runs in the kernel when it is switched on.
   */
  get settings(): IGuardSettings {
    return this._settings;
  }
  set settings(value: IGuardSettings) {
    this._settings = value;
    this._schedule();
  }

  /**
   * Whether the guard is disposed.
   */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /**
   * Stop listening.
   */
  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._isDisposed = true;
    clearTimeout(this._timer);
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  /**
   * Take over what a notebook shows as executed before the guard listened.
   */
  recall(executed: readonly IExecuted[]): void {
    this._loops.recall(executed);
    this._schedule();
  }

  /**
   * Expect that cells are run again.
   */
  expect(runs: readonly IRun[]): void {
    this._aborted.expect(runs);
  }

  private readonly _onInfo = (info: KernelMessage.IInfoReply): void => {
    this._isPython = info.language_info?.name === 'python';
    // ipykernel 7, the first with subshells, ends the aborting itself.
    this._clock.pokesAfterErrors =
      !info.supported_features?.includes('kernel subshells');
    this._schedule();
  };

  private _onMessage(_: unknown, args: Kernel.IAnyMessageArgs): void {
    const event = readMessage(args);
    if (event === null) {
      return;
    }
    this._follow(event);
    const woken = this._clock.take(event, Date.now());
    if (woken) {
      this._happened.emit({ type: 'woken', ...woken });
    }
    const aborted = this._aborted.take(event);
    if (aborted || this._aborted.isPending) {
      // Without a loop the kernel stops aborting before anybody has seen the error.
      this._loops.gaveItselfAway();
    }
    if (aborted && this._isPython && this._settings.enabled) {
      this._happened.emit(aborted);
    }
    this._schedule();
  }

  /**
   * Learn from the code of every client whether a GUI loop may be running.
   */
  private _follow(event: RunEvent): void {
    if (event.type === 'began') {
      this._loops.began(event.parent, event.code, event.count);
    } else if (event.type === 'failed') {
      this._loops.failed(event.parent);
    }
  }

  private _onStatus(_: unknown, status: Kernel.Status): void {
    if (isStartedAnew(status)) {
      this._forget();
      this._loops.clear();
      this._happened.emit({ type: 'reset' });
    }
    this._schedule();
  }

  private _onConnection(_: unknown, status: Kernel.ConnectionStatus): void {
    if (status !== 'connected') {
      // Messages may be missed from now on.
      this._forget();
    }
    this._schedule();
  }

  private _forget(): void {
    this._clock.reset();
    this._aborted.reset();
  }

  private get _mayPoke(): boolean {
    return (
      this._settings.enabled &&
      this._isPython &&
      (this._settings.assumesLoop || this._loops.mayRun) &&
      this._kernel.status === 'idle' &&
      this._kernel.connectionStatus === 'connected'
    );
  }

  /**
   * Wait until a poke is due. A kernel that may not be poked now is looked at again with
   * its next message or change of status.
   */
  private _schedule(): void {
    clearTimeout(this._timer);
    const { due } = this._clock;
    if (due !== null && this._mayPoke && !this._isDisposed) {
      this._timer = setTimeout(() => this._poke(), due - Date.now());
    }
  }

  private _poke(): void {
    const { due } = this._clock;
    if (due === null || !this._mayPoke) {
      return;
    }
    const now = Date.now();
    if (due <= now) {
      const run = this._clock.lost;
      const reason = this._clock.poke(now);
      // Asking a kernel for its information changes nothing, in it or in JupyterLab. An
      // answer that never comes is seen by the run that does not begin.
      this._kernel.requestKernelInfo().catch(() => undefined);
      if (reason === 'after-error') {
        this._happened.emit({ type: 'settled' });
      } else if (run && this._clock.isExhausted) {
        const waited = this._clock.waited(run, now);
        this._happened.emit({ type: 'unanswered', run, waited });
      }
    }
    this._schedule();
  }

  private readonly _aborted = new AbortedRuns();
  private readonly _clock: PokeClock;
  private readonly _happened = new Signal<this, GuardEvent>(this);
  private _isDisposed = false;
  private _isPython = false;
  private readonly _kernel: KernelGuard.IKernel;
  private readonly _loops: LoopHistory;
  private _settings: IGuardSettings;
  private _timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * A namespace for `KernelGuard` statics.
 */
export namespace KernelGuard {
  /**
   * The part of a kernel connection that the guard uses.
   */
  export type IKernel = Pick<
    Kernel.IKernelConnection,
    | 'anyMessage'
    | 'connectionStatus'
    | 'connectionStatusChanged'
    | 'disposed'
    | 'info'
    | 'requestKernelInfo'
    | 'status'
    | 'statusChanged'
  >;

  /**
   * The instantiation options of a guard.
   */
  export interface IOptions {
    /**
     * What is known of the kernel.
     */
    facts: IKernelFacts;

    /**
     * The connection to listen to.
     */
    kernel: IKernel;

    /**
     * What the user has chosen.
     */
    settings: IGuardSettings;
  }
}
