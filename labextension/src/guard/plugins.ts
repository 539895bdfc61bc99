/**
 * The plugins of the guard, and how their parts fit together.
 */

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IConsoleTracker } from '@jupyterlab/console';
import { ILoggerRegistry } from '@jupyterlab/logconsole';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator } from '@jupyterlab/translation';

import { IGuiLoops } from '../tokens';
import { Guards } from './guards';
import { addHelp } from './help';
import { keepRunningPlugin } from './keeprunningplugin';
import { followSettings } from './settings';
import { GuardStatus } from './statusitem';
import { GUARD_ID, GuardCommandIDs } from './tokens';

/**
 * Helps kernels that lose or abort cells since they run a GUI loop.
 */
const guard: JupyterFrontEndPlugin<IGuiLoops> = {
  id: GUARD_ID,
  description: 'Keeps cells running in kernels with a GUI event loop.',
  autoStart: true,
  provides: IGuiLoops,
  optional: [
    INotebookTracker,
    IConsoleTracker,
    ISettingRegistry,
    ICommandPalette,
    IStatusBar,
    ILoggerRegistry,
    IRenderMimeRegistry,
    ITranslator
  ],
  activate: (
    app: JupyterFrontEnd,
    notebooks: INotebookTracker | null,
    consoles: IConsoleTracker | null,
    settings: ISettingRegistry | null,
    palette: ICommandPalette | null,
    statusBar: IStatusBar | null,
    loggers: ILoggerRegistry | null,
    rendermime: IRenderMimeRegistry | null,
    translator: ITranslator | null
  ): IGuiLoops => {
    const guards = new Guards({ loggers, translator });
    notebooks?.forEach(panel => guards.addNotebook(panel));
    notebooks?.widgetAdded.connect((_, panel) => guards.addNotebook(panel));
    consoles?.forEach(panel => guards.addConsole(panel));
    consoles?.widgetAdded.connect((_, panel) => guards.addConsole(panel));
    guards.current = app.shell.currentWidget;
    app.shell.currentChanged?.connect((_, args) => {
      guards.current = args.newValue;
    });

    addHelp(app, { palette, rendermime, translator });
    statusBar?.registerStatusItem(`${GUARD_ID}-status`, {
      item: new GuardStatus({
        model: guards,
        onClick: () => void app.commands.execute(GuardCommandIDs.showHelp),
        translator
      }),
      align: 'right',
      isActive: () => GuardStatus.count(guards) > 0,
      activeStateChanged: guards.changed
    });

    followSettings(settings, GUARD_ID, composite =>
      guards.configure({
        assumesLoop: composite?.assumeLoop === true,
        enabled: composite?.enabled !== false
      })
    );
    return guards;
  }
};

/**
 * The plugins of the guard.
 */
export const guardPlugins = [guard, keepRunningPlugin];
