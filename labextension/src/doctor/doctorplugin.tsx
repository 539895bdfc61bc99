/**
 * The plugin that runs the doctor and shows what it has found.
 */

import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { Clipboard, Dialog, ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import React from 'react';

import { DoctorBody } from './doctorbody';
import { DoctorModel } from './doctormodel';
import { CommandIDs, IGuiLoops, NAMESPACE } from '../tokens';

/**
 * The command that opens the doctor's dialog.
 */
export const doctor: JupyterFrontEndPlugin<void> = {
  id: 'jlab-qtwindows:doctor',
  description: 'Checks this installation of the native Matplotlib windows.',
  autoStart: true,
  optional: [ICommandPalette, ITranslator, IGuiLoops],
  activate: (
    app: JupyterFrontEnd,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
    loops: IGuiLoops | null
  ): void => {
    const trans = (translator ?? nullTranslator).load(NAMESPACE);
    const { serverSettings } = app.serviceManager;
    const model = new DoctorModel({ serverSettings });
    const command = CommandIDs.runDoctor;
    const run = (): void => void model.run(loops?.kernelNames);
    let dialog: Dialog<unknown> | null = null;
    app.commands.addCommand(command, {
      label: trans.__('Check Plot Windows'),
      caption: trans.__('Check this installation and this machine'),
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        run();
        if (dialog === null) {
          dialog = Private.makeDialog(model, run, trans);
          await dialog.launch();
          dialog = null;
        }
      }
    });
    palette?.addItem({ command, category: trans.__('Plot Windows') });
  }
};

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  /**
   * Make the dialog; closing it does not stop the doctor.
   */
  export function makeDialog(
    model: DoctorModel,
    run: () => void,
    trans: TranslationBundle
  ): Dialog<unknown> {
    const body = ReactWidget.create(
      <UseSignal signal={model.changed}>
        {() => (
          <DoctorBody
            onAgain={run}
            onCopy={text => Clipboard.copyToSystem(text)}
            status={model.status}
            trans={trans}
          />
        )}
      </UseSignal>
    );
    body.addClass('jp-QtWindowsDoctor');
    const dialog = new Dialog({
      title: trans.__('Check Plot Windows'),
      body,
      buttons: [Dialog.okButton({ label: trans.__('Close') })],
      hasClose: true
    });
    dialog.addClass('jp-QtWindowsDoctorDialog');
    return dialog;
  }
}
