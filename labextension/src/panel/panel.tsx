import { nullTranslator } from '@jupyterlab/translation';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import React from 'react';

import { windowIcon } from '../icon';
import { PanelBody } from './panelbody';
import type { Thumbnails } from './thumbnails';
import { CommandIDs, NAMESPACE, PANEL_ID } from '../tokens';
import type { IWindowsModel } from '../tokens';

/**
 * The side panel that lists the windows of all notebooks.
 */
export class WindowsPanel extends ReactWidget {
  constructor(options: WindowsPanel.IOptions) {
    super();
    this._commands = options.commands;
    this._model = options.model;
    this._thumbnails = options.thumbnails;
    this._trans = (options.translator ?? nullTranslator).load(NAMESPACE);
    this.id = PANEL_ID;
    this.title.caption = this._trans.__('Plot Windows');
    this.title.icon = windowIcon;
    this.addClass('jp-QtWindowsPanel');
    this._model.changed.connect(this._onChanged, this);
    this._thumbnails.changed.connect(this._onChanged, this);
  }

  /**
   * Release the pictures.
   */
  dispose(): void {
    if (this.isDisposed) {
      return;
    }
    Signal.disconnectReceiver(this);
    this._thumbnails.dispose();
    super.dispose();
  }

  /**
   * Handle the browser tab being shown or hidden.
   */
  handleEvent(event: Event): void {
    if (event.type === 'visibilitychange') {
      this._watch();
    }
  }

  protected onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    document.addEventListener('visibilitychange', this);
    this._watch();
  }

  protected onBeforeDetach(msg: Message): void {
    document.removeEventListener('visibilitychange', this);
    this._thumbnails.isActive = false;
    super.onBeforeDetach(msg);
  }

  protected onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._watch();
    this.update();
  }

  protected onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this._watch();
  }

  protected render(): JSX.Element {
    const { _commands: commands } = this;
    return (
      <PanelBody
        connection={this._model.connection}
        getThumbnail={id => this._thumbnails.get(id)}
        host={this._model.host}
        onClose={id => void commands.execute(CommandIDs.closeWindow, { id })}
        onCloseAll={() => void commands.execute(CommandIDs.closeAll)}
        onDoctor={() => void commands.execute(CommandIDs.runDoctor)}
        onRaise={id => void commands.execute(CommandIDs.raiseWindow, { id })}
        onRestart={() => void commands.execute(CommandIDs.restartHost)}
        trans={this._trans}
        windows={this._model.windows}
      />
    );
  }

  /**
   * Fetch pictures only while they can be seen.
   */
  private _watch(): void {
    this._thumbnails.isActive = this.isVisible && !document.hidden;
  }

  private _onChanged(): void {
    if (this.isVisible) {
      this.update();
    }
  }

  private readonly _commands: CommandRegistry;
  private readonly _model: IWindowsModel;
  private readonly _thumbnails: Thumbnails;
  private readonly _trans: TranslationBundle;
}

/**
 * A namespace for `WindowsPanel` statics.
 */
export namespace WindowsPanel {
  /**
   * The instantiation options of the panel.
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
     * Their pictures; the panel takes ownership.
     */
    thumbnails: Thumbnails;

    /**
     * The application language translator.
     */
    translator?: ITranslator;
  }
}
