import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import type { IWindowModel, IWindowsModel } from '../tokens';

/**
 * Shortest time between two pictures of one window, in ms.
 */
const REFRESH_INTERVAL = 1000;

/**
 * How often one revision is asked for before the next one is waited for.
 */
const MAX_ATTEMPTS = 3;

/**
 * Small pictures of the windows, fetched only while somebody looks at them.
 */
export class Thumbnails implements IDisposable {
  constructor(options: Thumbnails.IOptions) {
    this._interval = options.interval ?? REFRESH_INTERVAL;
    this._model = options.model;
    this._model.changed.connect(this._update, this);
  }

  /**
   * A signal emitted when a picture was replaced.
   */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /**
   * Whether pictures are kept up to date.
   */
  get isActive(): boolean {
    return this._isActive;
  }
  set isActive(value: boolean) {
    if (this._isActive !== value) {
      this._isActive = value;
      this._update();
    }
  }

  /**
   * Whether the pictures are disposed.
   */
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /**
   * Release all pictures.
   */
  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._isDisposed = true;
    Signal.disconnectReceiver(this);
    [...this._entries.keys()].forEach(id => this._remove(id));
    Signal.clearData(this);
  }

  /**
   * The address of the newest picture of a window, empty if there is none yet.
   */
  get(id: string): string {
    return this._entries.get(id)?.url ?? '';
  }

  /**
   * Drop the pictures of closed windows and ask for outdated ones.
   */
  private _update(): void {
    const windows = new Map(this._model.windows.map(item => [item.id, item]));
    for (const id of [...this._entries.keys()]) {
      if (!windows.has(id)) {
        this._remove(id);
      }
    }
    if (this._isActive) {
      windows.forEach(window => this._request(window));
    }
  }

  private _request(window: IWindowModel): void {
    const entry = this._entries.get(window.id) ?? Private.createEntry();
    this._entries.set(window.id, entry);
    if (entry.wanted !== window.revision) {
      entry.wanted = window.revision;
      entry.attempts = 0;
    }
    const done = entry.shown === entry.wanted || entry.attempts >= MAX_ATTEMPTS;
    if (!done && entry.timer === null) {
      entry.attempts += 1;
      // The timer is both the rate limit and the mark of a request under way.
      entry.timer = setTimeout(() => {
        entry.timer = null;
        this._update();
      }, this._interval);
      void this._fetch(window, entry);
    }
  }

  private async _fetch(
    window: IWindowModel,
    entry: Private.IEntry
  ): Promise<void> {
    let picture: Blob;
    try {
      picture = await this._model.getThumbnail(window);
    } catch {
      // The old picture stays; the timer asks again.
      return;
    }
    if (this._entries.get(window.id) !== entry) {
      return;
    }
    const old = entry.url;
    entry.url = URL.createObjectURL(picture);
    entry.shown = window.revision;
    this._changed.emit();
    Private.revoke(old);
  }

  private _remove(id: string): void {
    const entry = this._entries.get(id);
    this._entries.delete(id);
    if (entry) {
      clearTimeout(entry.timer ?? undefined);
      Private.revoke(entry.url);
    }
  }

  private readonly _changed = new Signal<this, void>(this);
  private readonly _entries = new Map<string, Private.IEntry>();
  private readonly _interval: number;
  private _isActive = false;
  private _isDisposed = false;
  private readonly _model: IWindowsModel;
}

/**
 * A namespace for `Thumbnails` statics.
 */
export namespace Thumbnails {
  /**
   * The instantiation options of thumbnails.
   */
  export interface IOptions {
    /**
     * The windows to picture.
     */
    model: IWindowsModel;

    /**
     * Shortest time between two pictures of one window, in ms.
     */
    interval?: number;
  }
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export interface IEntry {
    attempts: number;
    shown: number | null;
    timer: ReturnType<typeof setTimeout> | null;
    url: string;
    wanted: number | null;
  }

  export function createEntry(): IEntry {
    return { attempts: 0, shown: null, timer: null, url: '', wanted: null };
  }

  export function revoke(url: string): void {
    if (url) {
      URL.revokeObjectURL(url);
    }
  }
}
