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
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { NAMESPACE } from '../tokens';
import { Guards } from './guards';
import { addHelp } from './help';
import { KeepRunning } from './keeprunning';
import { GuardStatus } from './statusitem';
import { GUARD_ID, GuardCommandIDs, KEEP_RUNNING_ID } from './tokens';

/**
 * Helps kernels that lose or abort cells since they run a GUI loop.
 */
const guard: JupyterFrontEndPlugin<void> = {
  id: GUARD_ID,
  description: 'Keeps cells running in kernels with a GUI event loop.',
  autoStart: true,
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
  ): void => {
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

    Private.follow(settings, GUARD_ID, composite =>
      guards.configure({
        assumesLoop: composite?.assumeLoop === true,
        enabled: composite?.enabled !== false
      })
    );
  }
};

/**
 * Lets a person have cells run after errors.
 */
const keepRunning: JupyterFrontEndPlugin<void> = {
  id: KEEP_RUNNING_ID,
  description: 'Lets cells run that follow one with an error.',
  autoStart: true,
  requires: [INotebookTracker],
  optional: [ISettingRegistry, ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    notebooks: INotebookTracker,
    settings: ISettingRegistry | null,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(NAMESPACE);
    const command = GuardCommandIDs.toggleKeepRunning;
    const kept = new KeepRunning();
    let isDefault = false;

    notebooks.widgetAdded.connect((_, panel) => kept.set(panel, isDefault));
    app.commands.addCommand(command, {
      label: trans.__('Keep running after errors'),
      caption: trans.__(
        'In this notebook, until it is closed, run the cells that follow one with an error'
      ),
      describedBy: { args: { type: 'object', properties: {} } },
      isToggleable: true,
      isEnabled: () => notebooks.currentWidget !== null,
      isToggled: () =>
        notebooks.currentWidget !== null && kept.has(notebooks.currentWidget),
      execute: () => {
        const panel = notebooks.currentWidget;
        if (panel) {
          kept.set(panel, !kept.has(panel));
        }
      }
    });
    kept.changed.connect(() => app.commands.notifyCommandChanged(command));
    notebooks.currentChanged.connect(() =>
      app.commands.notifyCommandChanged(command)
    );
    palette?.addItem({ command, category: trans.__('Plot Windows') });

    Private.follow(settings, KEEP_RUNNING_ID, composite => {
      const was = isDefault;
      isDefault = composite?.keepRunning === true;
      if (was !== isDefault) {
        notebooks.forEach(panel => kept.set(panel, isDefault));
      }
    });
  }
};

/**
 * The plugins of the guard.
 */
export const guardPlugins = [guard, keepRunning];

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  /**
   * Call a function with the settings of a plugin, now and after every change; without
   * settings it is called once.
   */
  export function follow(
    registry: ISettingRegistry | null,
    id: string,
    apply: (composite: ISettingRegistry.ISettings['composite'] | null) => void
  ): void {
    if (!registry) {
      apply(null);
      return;
    }
    registry
      .load(id)
      .then(settings => {
        apply(settings.composite);
        settings.changed.connect(() => apply(settings.composite));
      })
      // JupyterLab reports what is wrong with the settings; the defaults are in force.
      .catch(() => apply(null));
  }
}
