import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import type { ReadonlyJSONObject } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { DisposableSet } from '@lumino/disposable';

import { whyHidden } from './hidden';
import { windowIcon } from '../icon';
import { CommandIDs, NAMESPACE, PANEL_ID } from '../tokens';
import type { IWindowsModel } from '../tokens';

/**
 * Register the commands of this extension.
 */
export function addCommands(
  app: JupyterFrontEnd,
  model: IWindowsModel,
  options: { palette: ICommandPalette | null; translator: ITranslator | null }
): IDisposable {
  const { commands, shell } = app;
  const trans = (options.translator ?? nullTranslator).load(NAMESPACE);
  const added = new DisposableSet();

  added.add(
    commands.addCommand(CommandIDs.showPanel, {
      label: trans.__('Show Plot Windows'),
      icon: windowIcon,
      describedBy: { args: Private.NO_ARGS },
      execute: () => shell.activateById(PANEL_ID)
    })
  );
  added.add(
    commands.addCommand(CommandIDs.raiseWindow, {
      label: trans.__('Bring Plot Window to Front'),
      describedBy: { args: Private.WINDOW_ARGS },
      isEnabled: args => Private.isId(args.id),
      execute: async args => {
        if (whyHidden(model.host, trans)) {
          // In short, as it may show 140 characters; the panel has the rest.
          const words = trans.__(
            'Plot windows are not visible. The panel "Plot Windows" says why, and what to do.'
          );
          Notification.warning(words, { autoClose: Private.READING_TIME });
        } else {
          await Private.run(model.raiseWindow(`${args.id}`));
        }
      }
    })
  );
  added.add(
    commands.addCommand(CommandIDs.closeWindow, {
      label: trans.__('Close Plot Window'),
      icon: closeIcon,
      describedBy: { args: Private.WINDOW_ARGS },
      isEnabled: args => Private.isId(args.id),
      execute: args => Private.run(model.closeWindow(`${args.id}`))
    })
  );
  added.add(
    commands.addCommand(CommandIDs.closeAll, {
      label: trans.__('Close All Plot Windows'),
      describedBy: { args: Private.CLOSE_ALL_ARGS },
      isEnabled: () => model.windows.length > 0,
      execute: async args => {
        if (args.confirmed === true || (await Private.confirmCloseAll(trans))) {
          await Private.run(model.closeAll());
        }
      }
    })
  );
  added.add(
    commands.addCommand(CommandIDs.restartHost, {
      label: trans.__('Restart Plot Windows'),
      caption: trans.__(
        'Start the windows anew; those of running programs come back'
      ),
      describedBy: { args: Private.NO_ARGS },
      execute: () => Private.run(model.restartHost())
    })
  );

  const category = trans.__('Plot Windows');
  const { closeAll, restartHost, showPanel } = CommandIDs;
  for (const command of [showPanel, closeAll, restartHost]) {
    const item = options.palette?.addItem({ command, category });
    if (item) {
      added.add(item);
    }
  }
  return added;
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  /** How long a notification that may come again is shown, in ms. */
  export const READING_TIME = 10_000;

  export const NO_ARGS: ReadonlyJSONObject = {
    type: 'object',
    properties: {}
  };

  export const WINDOW_ARGS: ReadonlyJSONObject = {
    type: 'object',
    properties: { id: { type: 'string', description: 'The id of the window' } },
    required: ['id']
  };

  export const CLOSE_ALL_ARGS: ReadonlyJSONObject = {
    type: 'object',
    properties: {
      confirmed: { type: 'boolean', description: 'Whether the user was asked' }
    }
  };

  /**
   * Ask before the figures of all notebooks are closed: they cannot be opened again.
   */
  export async function confirmCloseAll(
    trans: TranslationBundle
  ): Promise<boolean> {
    const { button } = await showDialog({
      title: trans.__('Close all plot windows?'),
      body: trans.__(
        'This closes the figures of all notebooks. Cells have to run again to bring them back.'
      ),
      buttons: [
        Dialog.cancelButton(),
        Dialog.warnButton({ label: trans.__('Close All') })
      ]
    });
    return button.accept;
  }

  export function isId(value: unknown): value is string {
    return typeof value === 'string' && value !== '';
  }

  /**
   * Wait for a request, and show the user what the server has against it.
   */
  export async function run(request: Promise<void>): Promise<void> {
    try {
      await request;
    } catch (error) {
      // Without `autoClose` it would wait unseen behind the bell.
      const words = error instanceof Error ? error.message : `${error}`;
      Notification.error(words, { autoClose: false });
    }
  }
}
