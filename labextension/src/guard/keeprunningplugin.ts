import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { NAMESPACE } from '../tokens';
import { KeepRunning } from './keeprunning';
import { followSettings } from './settings';
import { GuardCommandIDs, KEEP_RUNNING_ID } from './tokens';

/**
 * Lets a user have cells run after errors.
 */
export const keepRunningPlugin: JupyterFrontEndPlugin<void> = {
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

    notebooks.forEach(panel => kept.begin(panel, isDefault));
    notebooks.widgetAdded.connect((_, panel) => kept.begin(panel, isDefault));
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

    followSettings(settings, KEEP_RUNNING_ID, composite => {
      const was = isDefault;
      isDefault = composite?.keepRunning === true;
      if (was !== isDefault) {
        notebooks.forEach(panel => kept.set(panel, isDefault));
      }
    });
  }
};
