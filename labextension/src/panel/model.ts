import type { ServerConnection } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import * as api from '../api';
import type { EventStream } from './events';
import type {
  IHostModel,
  IWindowModel,
  IWindowsModel,
  WindowsEvent
} from '../tokens';

/**
 * The native windows of all notebooks, kept equal to the server's list.
 */
export class WindowsModel implements IWindowsModel, IDisposable {
  constructor(options: WindowsModel.IOptions) {
    this._events = options.events;
    this._serverSettings = options.serverSettings;
    this._events.received.connect(this._onReceived, this);
    this._events.lost.connect(this._onLost, this);
  }

  get windows(): readonly IWindowModel[] {
    return this._windows;
  }

  get host(): IHostModel | null {
    return this._host;
  }

  get connection(): IWindowsModel['connection'] {
    return this._connection;
  }

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
   * Stop listening to the server.
   */
  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._isDisposed = true;
    Signal.disconnectReceiver(this);
    this._events.dispose();
    Signal.clearData(this);
  }

  async refresh(): Promise<void> {
    const [windows, host] = await Promise.all([
      api.listWindows(this._serverSettings),
      api.getHost(this._serverSettings)
    ]);
    this._update(windows, host);
  }

  async raiseWindow(id: string): Promise<void> {
    await api.raiseWindow(this._serverSettings, id);
    await this._refreshIfLost();
  }

  async closeWindow(id: string): Promise<void> {
    await api.closeWindow(this._serverSettings, id);
    await this._refreshIfLost();
  }

  async closeAll(): Promise<void> {
    const ids = this.windows.map(window => window.id);
    await Promise.all(ids.map(id => api.closeWindow(this._serverSettings, id)));
    await this._refreshIfLost();
  }

  async startHost(): Promise<void> {
    const host = await api.startHost(this._serverSettings, 'start');
    this._update(this._windows, host);
  }

  async restartHost(): Promise<void> {
    const host = await api.startHost(this._serverSettings, 'restart');
    this._update(this._windows, host);
  }

  getThumbnail(window: IWindowModel): Promise<Blob> {
    const { id, revision } = window;
    return api.getThumbnail(this._serverSettings, id, revision);
  }

  /**
   * Fetch the outcome of a request when no event will tell it.
   */
  private async _refreshIfLost(): Promise<void> {
    if (this._connection !== 'connected') {
      await this.refresh();
    }
  }

  private _onReceived(sender: EventStream, event: WindowsEvent): void {
    this._connection = 'connected';
    switch (event.event) {
      case 'Snapshot':
        return this._update(event.windows, event.host);
      case 'WindowOpened':
      case 'WindowChanged':
        return this._update(
          [...this._without(event.window.id), event.window],
          this._host
        );
      case 'WindowClosed':
        return this._update(this._without(event.id), this._host);
      case 'HostChanged':
        return this._update(this._windows, event.host);
    }
  }

  private _onLost(): void {
    if (this._connection !== 'lost') {
      this._connection = 'lost';
      this._changed.emit();
    }
  }

  private _without(id: string): IWindowModel[] {
    return this._windows.filter(window => window.id !== id);
  }

  private _update(
    windows: readonly IWindowModel[],
    host: IHostModel | null
  ): void {
    if (this.isDisposed) {
      return;
    }
    this._windows = [...windows].sort(
      (a, b) => a.created - b.created || a.id.localeCompare(b.id)
    );
    this._host = host;
    this._changed.emit();
  }

  private readonly _changed = new Signal<this, void>(this);
  private _connection: IWindowsModel['connection'] = 'connecting';
  private readonly _events: EventStream;
  private _host: IHostModel | null = null;
  private _isDisposed = false;
  private readonly _serverSettings: ServerConnection.ISettings;
  private _windows: readonly IWindowModel[] = [];
}

/**
 * A namespace for `WindowsModel` statics.
 */
export namespace WindowsModel {
  /**
   * The instantiation options of a model.
   */
  export interface IOptions {
    /**
     * The changes pushed by the server; the model takes ownership.
     */
    events: EventStream;

    /**
     * The server to talk to.
     */
    serverSettings: ServerConnection.ISettings;
  }
}
