/**
 * The server's REST interface: settings in, models out.
 *
 * Everything the server sends is narrowed once, by `models.ts`.
 */

import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import { isDoctorStatus, isHostModel, isWindowModel } from './models';
import { NAMESPACE } from './tokens';
import type { IDoctorStatus, IHostModel, IWindowModel } from './tokens';

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
 * A namespace for module-private helpers.
 */
namespace Private {
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
}
