/**
 * What the server sends, narrowed to the shapes that we know. Nothing is asked for here.
 */

import type {
  IDoctorReport,
  IDoctorStatus,
  IHostModel,
  IWindowModel,
  WindowsEvent
} from './tokens';

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
    Private.has(value, 'string', ['title', 'reason', 'note']) &&
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
