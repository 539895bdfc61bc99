import type { ServerConnection } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import * as api from '../api';
import type { IDoctorStatus } from '../tokens';

/**
 * Milliseconds between two questions how far the doctor is.
 */
const INTERVAL = 1000;

/**
 * Questions in a row that may go without an answer.
 */
const PATIENCE = 5;

/**
 * The status of a doctor that has not run.
 */
const NOTHING: IDoctorStatus = {
  state: 'idle',
  reason: '',
  report: null,
  looking: []
};

/**
 * The doctor of the server, and what it has found.
 */
export class DoctorModel implements IDisposable {
  constructor(options: DoctorModel.IOptions) {
    this._interval = options.interval ?? INTERVAL;
    this._serverSettings = options.serverSettings;
  }

  /**
   * How far it is.
   */
  get status(): IDoctorStatus {
    return this._status;
  }

  /**
   * Emitted after the status has changed.
   */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * Whether the model is disposed.
   */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /**
   * Forget the doctor; the server ends it in time.
   */
  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._isDisposed = true;
    Signal.clearData(this);
  }

  /**
   * Run the doctor and follow it to its end. Never rejects: a failure is a status.
   *
   * @param guiLoops - Names of kernels in which a GUI loop is used.
   */
  async run(guiLoops: readonly string[] = []): Promise<void> {
    if (this._status.state === 'running') {
      return;
    }
    this._set({ ...NOTHING, state: 'running' });
    try {
      let status = await api.startDoctor(this._serverSettings, guiLoops);
      while (status.state === 'running' && !this.isDisposed) {
        this._set(status);
        await new Promise(resolve => setTimeout(resolve, this._interval));
        status = await this._ask();
      }
      this._set(status);
    } catch (error) {
      const reason = error instanceof Error ? error.message : `${error}`;
      this._set({ ...this._status, state: 'failed', reason, looking: [] });
    }
  }

  /**
   * Ask how far it is; a server that does not answer is asked again.
   */
  private async _ask(): Promise<IDoctorStatus> {
    for (let vain = 1; ; vain++) {
      try {
        return await api.getDoctor(this._serverSettings);
      } catch (error) {
        if (vain >= PATIENCE) {
          throw error;
        }
        await new Promise(resolve => setTimeout(resolve, this._interval));
      }
    }
  }

  private _set(status: IDoctorStatus): void {
    this._status = status;
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _interval: number;
  private _isDisposed = false;
  private readonly _serverSettings: ServerConnection.ISettings;
  private _status: IDoctorStatus = NOTHING;
}

/**
 * A namespace for `DoctorModel` statics.
 */
export namespace DoctorModel {
  /**
   * The instantiation options of a model.
   */
  export interface IOptions {
    /**
     * Milliseconds between two questions how far the doctor is.
     */
    interval?: number;

    /**
     * The server to talk to.
     */
    serverSettings: ServerConnection.ISettings;
  }
}
