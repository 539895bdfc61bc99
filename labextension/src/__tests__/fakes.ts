import { ServerConnection } from '@jupyterlab/services';

import type { IDoctorReport, IHostModel, IWindowModel } from '../tokens';

/**
 * A window as the server describes it.
 */
export function makeWindow(changes: Partial<IWindowModel> = {}): IWindowModel {
  return {
    id: 'w1',
    kernel_id: 'k1',
    notebook: 'folder/notebook.ipynb',
    cell_id: null,
    figure_num: 1,
    title: 'Figure 1',
    state: 'idle',
    kernel: 'running',
    transfer: 'mirror',
    reason: '',
    note: '',
    revision: 1,
    fps: 0,
    dropped: 0,
    overhead: 0,
    width: 640,
    height: 480,
    minimized: false,
    active: false,
    behind: false,
    frozen: false,
    waiting: 0,
    created: 1,
    ...changes
  };
}

/**
 * The host as the server describes it.
 */
export function makeHost(changes: Partial<IHostModel> = {}): IHostModel {
  return {
    state: 'running',
    reason: '',
    pid: 1,
    platform: 'xcb',
    binding: 'PyQt5',
    note: '',
    restarts: 0,
    worked: true,
    ...changes
  };
}

/**
 * A report of the doctor, with one fault.
 */
export function makeReport(): IDoctorReport {
  const found = { finding: 'X11 :0 answers', remedy: '' };
  const lacking = { finding: 'no Qt', remedy: 'pip install PyQt5' };
  return {
    version: '1.0',
    faults: 1,
    warnings: 0,
    lines: [
      { level: 'ok', subject: 'display', ...found },
      { level: 'fault', subject: 'window process', ...lacking }
    ]
  };
}

/**
 * A socket played by hand.
 */
export class FakeSocket {
  constructor(readonly url: string) {
    FakeSocket.opened.push(this);
    FakeSocket._waiting.splice(0).forEach(resolve => resolve(this));
  }

  /** All sockets since the last reset. */
  static opened: FakeSocket[] = [];

  /** Wait for the next socket to be opened. */
  static next(): Promise<FakeSocket> {
    return new Promise(resolve => FakeSocket._waiting.push(resolve));
  }

  isClosed = false;
  onclose: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;

  /** Play a message of the server. */
  send(data: unknown): void {
    this.onmessage?.({ data: JSON.stringify(data) });
  }

  /** End the connection. */
  close(): void {
    this.isClosed = true;
    this.onclose?.();
  }

  private static _waiting: ((socket: FakeSocket) => void)[] = [];
}

/**
 * A server that records what it is asked.
 */
export class FakeServer {
  readonly requests: Request[] = [];

  /** Answers by "METHOD path"; anything else is answered with 204. */
  readonly answers = new Map<string, () => Response>();

  readonly settings = ServerConnection.makeSettings({
    appendToken: false,
    baseUrl: 'http://server/base/',
    fetch: async input => {
      const request = input as Request;
      this.requests.push(request);
      const answer = this.answers.get(FakeServer.describe(request));
      return answer ? answer() : new Response(null, { status: 204 });
    },
    token: 'secret',
    WebSocket: FakeSocket as unknown as typeof WebSocket,
    wsUrl: 'ws://server/base/'
  });

  /** The recorded requests as "METHOD path". */
  get log(): string[] {
    return this.requests.map(FakeServer.describe);
  }

  static describe(request: Request): string {
    const path = new URL(request.url).pathname;
    return `${request.method} ${path.replace('/base/jlab-qtwindows/', '')}`;
  }
}
