import type { IRunningSessions } from '@jupyterlab/running';
import { nullTranslator } from '@jupyterlab/translation';
import type { ITranslator } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';

import { windowIcon } from '../icon';
import { shortNames } from './names';
import { CommandIDs, NAMESPACE } from '../tokens';
import type { IWindowModel, IWindowsModel } from '../tokens';

/**
 * The plot windows as a section of the Running panel.
 */
export class RunningWindows implements IRunningSessions.IManager {
  constructor(options: RunningWindows.IOptions) {
    const trans = (options.translator ?? nullTranslator).load(NAMESPACE);
    this._commands = options.commands;
    this._model = options.model;
    this._untitled = trans.__('Untitled');
    this.name = trans.__('Plot Windows');
    this.shutdownLabel = trans.__('Close Window');
    this.shutdownAllLabel = trans.__('Close All');
    this.shutdownAllConfirmationText = trans.__(
      'Close all plot windows? This closes the figures of all notebooks. Cells have to run again to bring them back.'
    );
    this._model.changed.connect(this._onChanged, this);
  }

  readonly name: string;
  readonly shutdownLabel: string;
  readonly shutdownAllLabel: string;
  readonly shutdownAllConfirmationText: string;

  /**
   * A signal emitted when windows were opened, closed or renamed.
   */
  get runningChanged(): ISignal<this, void> {
    return this._runningChanged;
  }

  /**
   * List the windows.
   */
  running(): IRunningSessions.IRunningItem[] {
    const { windows } = this._model;
    const names = shortNames(windows.map(window => window.notebook));
    return windows.map(window => ({
      icon: () => windowIcon,
      label: () =>
        [window.title || this._untitled, names.get(window.notebook)]
          .filter(Boolean)
          .join(' — '),
      labelTitle: () => window.notebook,
      open: () => this._execute(CommandIDs.raiseWindow, { id: window.id }),
      shutdown: () => this._execute(CommandIDs.closeWindow, { id: window.id })
    }));
  }

  /**
   * Fetch the list again.
   */
  refreshRunning(): void {
    // A failure shows in the panel as a lost connection.
    this._model.refresh().catch(() => undefined);
  }

  /**
   * Close all windows.
   */
  shutdownAll(): void {
    // The sidebar has asked already.
    this._execute(CommandIDs.closeAll, { confirmed: true });
  }

  private _execute(
    command: string,
    args?: { id: string } | { confirmed: true }
  ): void {
    void this._commands.execute(command, args);
  }

  /**
   * Pass on what shows in the list; a live figure changes many times a second.
   */
  private _onChanged(): void {
    const listed = this._model.windows.map(Private.describe).join('\n');
    if (listed !== this._listed) {
      this._listed = listed;
      this._runningChanged.emit();
    }
  }

  private readonly _commands: CommandRegistry;
  private _listed = '';
  private readonly _model: IWindowsModel;
  private readonly _runningChanged = new Signal<this, void>(this);
  private readonly _untitled: string;
}

/**
 * A namespace for `RunningWindows` statics.
 */
export namespace RunningWindows {
  /**
   * The instantiation options.
   */
  export interface IOptions {
    /**
     * Where the commands of this extension are registered.
     */
    commands: CommandRegistry;

    /**
     * The windows to list.
     */
    model: IWindowsModel;

    /**
     * The application language translator.
     */
    translator?: ITranslator;
  }
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export function describe(window: IWindowModel): string {
    return JSON.stringify([window.id, window.title, window.notebook]);
  }
}
