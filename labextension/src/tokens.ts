/**
 * Names and shapes shared by all modules. Importing this file has no side effects.
 */

import { Token } from '@lumino/coreutils';
import type { ISignal } from '@lumino/signaling';

/**
 * The name of this extension, its URL namespace and its translation domain.
 */
export const NAMESPACE = 'jlab-qtwindows';

/**
 * The id of the side panel widget.
 */
export const PANEL_ID = 'jlab-qtwindows-panel';

/**
 * The commands of this extension.
 */
export namespace CommandIDs {
  export const closeAll = 'jlab-qtwindows:close-all-windows';
  export const closeWindow = 'jlab-qtwindows:close-window';
  export const raiseWindow = 'jlab-qtwindows:raise-window';
  export const runDoctor = 'jlab-qtwindows:run-doctor';
  export const restartHost = 'jlab-qtwindows:restart-host';
  export const showPanel = 'jlab-qtwindows:show-panel';
}

/**
 * What the server says about one native window.
 */
export interface IWindowModel {
  readonly id: string;
  readonly kernel_id: string;
  /** Path of the notebook, empty for other programs. */
  readonly notebook: string;
  readonly cell_id: string | null;
  readonly figure_num: number | null;
  readonly title: string;
  readonly state: 'live' | 'idle' | 'detached' | 'failed';
  /** What became of the process that has made the figure. */
  readonly kernel: 'running' | 'ended' | 'restarted';
  readonly transfer: 'mirror' | 'mirror-by-value' | 'frames';
  /** Why the window failed, or why it is sent as frames. */
  readonly reason: string;
  /** What is to be known of its picture, such as how long drawing takes. */
  readonly note: string;
  /** Number of the last update of the figure. */
  readonly revision: number;
  readonly fps: number;
  readonly dropped: number;
  /** Fraction of the kernel's time spent on sending. */
  readonly overhead: number;
  /** Size in px. */
  readonly width: number;
  readonly height: number;
  readonly minimized: boolean;
  readonly active: boolean;
  /** Whether the figure has changed since, and its next state is held back. */
  readonly behind: boolean;
  /** Whether the user has stopped the window from showing new states. */
  readonly frozen: boolean;
  /** New states that have come since it was frozen. */
  readonly waiting: number;
  /** Seconds since the epoch. */
  readonly created: number;
}

/**
 * What the server says about the process that owns the windows.
 */
export interface IHostModel {
  readonly state: 'stopped' | 'starting' | 'running' | 'failed';
  readonly reason: string;
  readonly pid: number | null;
  /** Qt platform plugin, such as "xcb" or "offscreen". */
  readonly platform: string;
  readonly binding: string;
  /** Something the user should know, such as a missing display. */
  readonly note: string;
  readonly restarts: number;
  /** Whether it has been running since it was last started by hand. */
  readonly worked: boolean;
}

/**
 * One finding of the doctor, and what to do about it.
 */
export interface IDoctorLine {
  /** "info" is for what does not matter to most users. */
  readonly level: 'ok' | 'info' | 'warning' | 'fault';
  readonly subject: string;
  readonly finding: string;
  /** Empty where nothing is to be done. */
  readonly remedy: string;
}

/**
 * What the doctor has found.
 */
export interface IDoctorReport {
  /** Of the Python package; empty where it is not known. */
  readonly version: string;
  readonly faults: number;
  readonly warnings: number;
  readonly lines: readonly IDoctorLine[];
}

/**
 * How far the doctor is.
 */
export interface IDoctorStatus {
  readonly state: 'idle' | 'running' | 'done' | 'failed';
  /** Why it failed. */
  readonly reason: string;
  /** While it is at work, and where it has failed, what was found by then. */
  readonly report: IDoctorReport | null;
  /** What it is looking at. */
  readonly looking: readonly string[];
}

/**
 * The kernels in which a GUI loop may be running.
 */
export interface IGuiLoops {
  /** Names of their kernelspecs. */
  readonly kernelNames: readonly string[];
}

/**
 * The token of these kernels, which the guard of running cells knows.
 */
export const IGuiLoops = new Token<IGuiLoops>(
  'jlab-qtwindows:IGuiLoops',
  'The kernels in which a GUI event loop may be running.'
);

/**
 * A message of the event socket.
 */
export type WindowsEvent =
  | {
      readonly event: 'Snapshot';
      readonly windows: readonly IWindowModel[];
      readonly host: IHostModel;
    }
  | {
      readonly event: 'WindowOpened' | 'WindowChanged';
      readonly window: IWindowModel;
    }
  | { readonly event: 'WindowClosed'; readonly id: string }
  | { readonly event: 'HostChanged'; readonly host: IHostModel };

/**
 * The native windows of all notebooks.
 */
export interface IWindowsModel {
  /** All windows, oldest first. */
  readonly windows: readonly IWindowModel[];

  /** The host, or null before the server has answered. */
  readonly host: IHostModel | null;

  /** Whether changes arrive, or the server has yet to be reached (again). */
  readonly connection: 'connecting' | 'connected' | 'lost';

  /** Emitted after any of the above changed. */
  readonly changed: ISignal<IWindowsModel, void>;

  /** Fetch the windows and the host now. */
  refresh(): Promise<void>;

  /** Show a window above all others. */
  raiseWindow(id: string): Promise<void>;

  /** Close a window and its figure. */
  closeWindow(id: string): Promise<void>;

  /** Close all windows. */
  closeAll(): Promise<void>;

  /** Start the host unless it runs or has failed. */
  startHost(): Promise<void>;

  /** Start the host again. */
  restartHost(): Promise<void>;

  /** Fetch a small PNG of a window. */
  getThumbnail(window: IWindowModel): Promise<Blob>;
}

/**
 * The token of the model, for other extensions.
 */
export const IWindowsModel = new Token<IWindowsModel>(
  'jlab-qtwindows:IWindowsModel',
  'The native Matplotlib windows of all notebooks.'
);
