import type { ServerConnection } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Poll } from '@lumino/polling';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import { eventsUrl } from '../api';
import { parseEvent } from '../models';
import type { WindowsEvent } from '../tokens';

/**
 * The stream of changes pushed by the server.
 *
 * #### Notes
 * One tick of the poll is one connection. A connection that delivered something
 * ends with a resolved tick and is renewed after a second; one that never did
 * rejects, and the poll backs off.
 */
export class EventStream implements IDisposable {
  constructor(options: EventStream.IOptions) {
    this._serverSettings = options.serverSettings;
    this._poll = new Poll({
      auto: false,
      factory: () => this._subscribe(),
      frequency: options.frequency ?? { backoff: true, interval: 1000 },
      name: 'jlab-qtwindows:events'
    });
    void this._poll.start();
  }

  /**
   * A signal emitted for each event.
   */
  get received(): ISignal<this, WindowsEvent> {
    return this._received;
  }

  /**
   * A signal emitted when a connection ended or could not be made.
   */
  get lost(): ISignal<this, void> {
    return this._lost;
  }

  /**
   * Whether the stream is disposed.
   */
  get isDisposed(): boolean {
    return this._poll.isDisposed;
  }

  /**
   * Close the connection for good.
   */
  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._poll.dispose();
    const socket = this._socket;
    this._socket = null;
    if (socket) {
      socket.onclose = null;
      socket.onmessage = null;
      socket.close();
    }
    Signal.clearData(this);
  }

  /**
   * Connect; the promise settles when the connection has ended.
   */
  private _subscribe(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const { WebSocket } = this._serverSettings;
      const socket = new WebSocket(eventsUrl(this._serverSettings));
      let delivered = false;

      this._socket = socket;
      socket.onmessage = (message: MessageEvent<string>) => {
        const event = parseEvent(message.data);
        if (event) {
          delivered = true;
          this._received.emit(event);
        }
      };
      socket.onclose = () => {
        this._socket = null;
        this._lost.emit();
        if (delivered) {
          resolve();
        } else {
          reject(new Error('The event socket closed before its first event'));
        }
      };
    });
  }

  private readonly _lost = new Signal<this, void>(this);
  private readonly _poll: Poll<void, Error>;
  private readonly _received = new Signal<this, WindowsEvent>(this);
  private readonly _serverSettings: ServerConnection.ISettings;
  private _socket: WebSocket | null = null;
}

/**
 * A namespace for `EventStream` statics.
 */
export namespace EventStream {
  /**
   * The instantiation options of an event stream.
   */
  export interface IOptions {
    /**
     * The server to listen to.
     */
    serverSettings: ServerConnection.ISettings;

    /**
     * How often to reconnect; by default after 1 s, growing to 30 s.
     */
    frequency?: { backoff: boolean | number; interval: number };
  }
}
