/**
 * The plugins of this extension, and how their parts fit together.
 */

import { ILayoutRestorer } from '@jupyterlab/application';
import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { NotebookActions } from '@jupyterlab/notebook';
import { IRunningSessionManagers } from '@jupyterlab/running';
import { ITranslator } from '@jupyterlab/translation';

import { addCommands } from './panel/commands';
import { doctor } from './doctor/doctorplugin';
import { EarlyHost } from './panel/earlyhost';
import { EventStream } from './panel/events';
import { guardPlugins } from './guard/plugins';
import { WindowsModel } from './panel/model';
import { WindowsPanel } from './panel/panel';
import { RunningWindows } from './panel/running';
import { Thumbnails } from './panel/thumbnails';
import { IWindowsModel, PANEL_ID } from './tokens';

export { CommandIDs, IWindowsModel } from './tokens';
export type { IHostModel, IWindowModel } from './tokens';

/**
 * The list of windows and the commands that act on it.
 */
const model: JupyterFrontEndPlugin<IWindowsModel> = {
  id: 'jlab-qtwindows:model',
  description: 'Keeps the list of native Matplotlib windows.',
  autoStart: true,
  provides: IWindowsModel,
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): IWindowsModel => {
    const { serverSettings } = app.serviceManager;
    const events = new EventStream({ serverSettings });
    const windows = new WindowsModel({ events, serverSettings });
    addCommands(app, windows, { palette, translator });
    return windows;
  }
};

/**
 * The side panel.
 */
const panel: JupyterFrontEndPlugin<void> = {
  id: 'jlab-qtwindows:panel',
  description: 'Lists the native Matplotlib windows in a side panel.',
  autoStart: true,
  requires: [IWindowsModel],
  optional: [ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    windows: IWindowsModel,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ): void => {
    const widget = new WindowsPanel({
      commands: app.commands,
      model: windows,
      thumbnails: new Thumbnails({ model: windows }),
      translator: translator ?? undefined
    });
    restorer?.add(widget, PANEL_ID);
    app.shell.add(widget, 'left', { rank: 350 });
  }
};

/**
 * The windows in the Running panel.
 */
const running: JupyterFrontEndPlugin<void> = {
  id: 'jlab-qtwindows:running',
  description: 'Lists the native Matplotlib windows in the Running panel.',
  autoStart: true,
  requires: [IWindowsModel],
  optional: [IRunningSessionManagers, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    windows: IWindowsModel,
    managers: IRunningSessionManagers | null,
    translator: ITranslator | null
  ): void => {
    managers?.add(
      new RunningWindows({
        commands: app.commands,
        model: windows,
        translator: translator ?? undefined
      })
    );
  }
};

/**
 * The early start of the process that owns the windows.
 */
const early: JupyterFrontEndPlugin<void> = {
  id: 'jlab-qtwindows:early-host',
  description:
    'Starts the process of the windows with the cell that asks for it.',
  autoStart: true,
  requires: [IWindowsModel],
  activate: (app: JupyterFrontEnd, windows: IWindowsModel): void => {
    const host = new EarlyHost(windows);
    NotebookActions.executionScheduled.connect((_, { cell }) =>
      host.onCode(cell.model.sharedModel.getSource())
    );
  }
};

export default [model, panel, running, early, doctor, ...guardPlugins];
