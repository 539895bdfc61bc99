/**
 * The server's REST interface: settings in, models out.
 *
 * Everything the server sends is narrowed here, once.
 */

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import { NAMESPACE } from './tokens';
import type {
  IDoctorReport,
  IDoctorStatus,
  IHostModel,
  IWindowModel,
  WindowsEvent
} from './tokens';

/**
 * Width of a thumbnail in px: twice its width in the panel, for dense screens.
 */
const THUMBNAIL_WIDTH = 160;

/**
 * Fetch all windows.
 */
export async function listWindows(
  settings: ServerConnection.ISettings
): Promise<IWindowModel[]> {
  const response = await Private.request(settings, ['windows']);
  const data: unknown = await response.json();
  if (!Array.isArray(data)) {
    throw new ServerConnection.ResponseError(response);
  }
  return data.filter(isWindowModel);
}

/**
 * Close a window. One that is gone already counts as closed.
 */
export async function closeWindow(
  settings: ServerConnection.ISettings,
  id: string
): Promise<void> {
  const init = { method: 'DELETE' };
  await Private.request(settings, ['windows', id], init, [404]);
}

/**
 * Show a window above all others.
 */
export async function raiseWindow(
  settings: ServerConnection.ISettings,
  id: string
): Promise<void> {
  await Private.request(settings, ['windows', id, 'raise'], { method: 'POST' });
}

/**
 * Fetch a small PNG of a window.
 */
export async function getThumbnail(
  settings: ServerConnection.ISettings,
  id: string,
  revision: number
): Promise<Blob> {
  const query = { revision: `${revision}`, width: `${THUMBNAIL_WIDTH}` };
  const parts = ['windows', id, 'thumbnail'];
  // The revision is part of the address, so the browser may keep the answer.
  const init: RequestInit = { cache: 'default' };
  const response = await Private.request(settings, parts, init, [], query);
  return response.blob();
}

/**
 * Fetch the state of the host.
 */
export async function getHost(
  settings: ServerConnection.ISettings
): Promise<IHostModel> {
  return Private.toHost(await Private.request(settings, ['host']));
}

/**
 * Start the host unless it runs, or start it again.
 */
export async function startHost(
  settings: ServerConnection.ISettings,
  action: 'start' | 'restart'
): Promise<IHostModel> {
  const body = JSON.stringify({ action });
  const init = { method: 'POST', body };
  return Private.toHost(await Private.request(settings, ['host'], init));
}

/**
 * Fetch what the doctor has found, or how far it is.
 */
export async function getDoctor(
  settings: ServerConnection.ISettings
): Promise<IDoctorStatus> {
  return Private.toDoctor(await Private.request(settings, ['doctor']));
}

/**
 * Let the doctor begin, unless it is at work already.
 *
 * @param guiLoops - Names of kernels in which a GUI loop is used.
 */
export async function startDoctor(
  settings: ServerConnection.ISettings,
  guiLoops: readonly string[] = []
): Promise<IDoctorStatus> {
  const body = JSON.stringify({ gui_loops: guiLoops });
  const init = { method: 'POST', body };
  return Private.toDoctor(await Private.request(settings, ['doctor'], init));
}

/**
 * The address of the event socket.
 */
export function eventsUrl(settings: ServerConnection.ISettings): string {
  const { appendToken, token, wsUrl } = settings;
  const url = URLExt.join(wsUrl, NAMESPACE, 'events');
  return appendToken && token
    ? `${url}?token=${encodeURIComponent(token)}`
    : url;
}

/**
 * Read a message of the event socket; null for one we do not know.
 */
export function parseEvent(text: string): WindowsEvent | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Private.isRecord(data)) {
    return null;
  }
  const { event, host, id, window, windows } = data;
  switch (event) {
    case 'Snapshot':
      return Array.isArray(windows) && isHostModel(host)
        ? { event, windows: windows.filter(isWindowModel), host }
        : null;
    case 'WindowOpened':
    case 'WindowChanged':
      return isWindowModel(window) ? { event, window } : null;
    case 'WindowClosed':
      return typeof id === 'string' ? { event, id } : null;
    case 'HostChanged':
      return isHostModel(host) ? { event, host } : null;
    default:
      return null;
  }
}

/**
 * Whether a JSON value describes a window.
 */
export function isWindowModel(value: unknown): value is IWindowModel {
  return (
    Private.isRecord(value) &&
    Private.has(value, 'string', ['id', 'kernel_id', 'notebook']) &&
    Private.has(value, 'string', ['title', 'reason']) &&
    Private.has(value, 'number', ['revision', 'fps', 'dropped', 'overhead']) &&
    Private.has(value, 'number', ['width', 'height', 'created', 'waiting']) &&
    Private.has(value, 'boolean', ['minimized', 'active']) &&
    Private.has(value, 'boolean', ['behind', 'frozen']) &&
    (value.cell_id === null || typeof value.cell_id === 'string') &&
    (value.figure_num === null || typeof value.figure_num === 'number') &&
    Private.WINDOW_STATES.includes(value.state) &&
    Private.KERNEL_STATES.includes(value.kernel) &&
    Private.TRANSFERS.includes(value.transfer)
  );
}

/**
 * Whether a JSON value describes the host.
 */
export function isHostModel(value: unknown): value is IHostModel {
  return (
    Private.isRecord(value) &&
    Private.has(value, 'string', ['reason', 'platform', 'binding', 'note']) &&
    Private.has(value, 'number', ['restarts']) &&
    Private.has(value, 'boolean', ['worked']) &&
    (value.pid === null || typeof value.pid === 'number') &&
    Private.HOST_STATES.includes(value.state)
  );
}

/**
 * Whether a JSON value describes how far the doctor is.
 */
export function isDoctorStatus(value: unknown): value is IDoctorStatus {
  return (
    Private.isRecord(value) &&
    Private.has(value, 'string', ['reason']) &&
    Private.DOCTOR_STATES.includes(value.state) &&
    (value.report === null || Private.isDoctorReport(value.report)) &&
    (value.state !== 'done' || value.report !== null) &&
    Array.isArray(value.looking) &&
    value.looking.every(subject => typeof subject === 'string')
  );
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export const WINDOW_STATES: unknown[] = [
    'live',
    'idle',
    'detached',
    'failed'
  ];
  export const KERNEL_STATES: unknown[] = ['running', 'ended', 'restarted'];
  export const TRANSFERS: unknown[] = ['mirror', 'mirror-by-value', 'frames'];
  export const DOCTOR_LEVELS: unknown[] = ['ok', 'info', 'warning', 'fault'];
  export const DOCTOR_STATES: unknown[] = ['idle', 'running', 'done', 'failed'];
  export const HOST_STATES: unknown[] = [
    'stopped',
    'starting',
    'running',
    'failed'
  ];

  /**
   * Ask the server, and throw unless the answer is good or one of `accepted`.
   */
  export async function request(
    settings: ServerConnection.ISettings,
    parts: string[],
    init: RequestInit = {},
    accepted: number[] = [],
    query: Record<string, string> = {}
  ): Promise<Response> {
    const path = parts.map(encodeURIComponent);
    const url =
      URLExt.join(settings.baseUrl, NAMESPACE, ...path) +
      URLExt.objectToQueryString(query);
    const response = await ServerConnection.makeRequest(url, init, settings);
    if (!response.ok && !accepted.includes(response.status)) {
      throw await ServerConnection.ResponseError.create(response);
    }
    return response;
  }

  export async function toHost(response: Response): Promise<IHostModel> {
    const data: unknown = await response.json();
    if (!isHostModel(data)) {
      throw new ServerConnection.ResponseError(response);
    }
    return data;
  }

  export async function toDoctor(response: Response): Promise<IDoctorStatus> {
    const data: unknown = await response.json();
    if (!isDoctorStatus(data)) {
      throw new ServerConnection.ResponseError(response);
    }
    return data;
  }

  export function isDoctorReport(value: unknown): value is IDoctorReport {
    return (
      isRecord(value) &&
      has(value, 'string', ['version']) &&
      has(value, 'number', ['faults', 'warnings']) &&
      Array.isArray(value.lines) &&
      value.lines.every(
        (line: unknown) =>
          isRecord(line) &&
          has(line, 'string', ['subject', 'finding', 'remedy']) &&
          DOCTOR_LEVELS.includes(line.level)
      )
    );
  }

  export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null;
  }

  export function has(
    value: Record<string, unknown>,
    type: 'string' | 'number' | 'boolean',
    keys: string[]
  ): boolean {
    return keys.every(key => typeof value[key] === type);
  }
}
