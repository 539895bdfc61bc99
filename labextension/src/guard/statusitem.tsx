import { nullTranslator } from '@jupyterlab/translation';
import type { ITranslator, TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget, refreshIcon, UseSignal } from '@jupyterlab/ui-components';
import React from 'react';

import { NAMESPACE } from '../tokens';
import { describeRescues } from './journal';
import type { IGuardModel } from './tokens';

/**
 * How often the guard has helped the current kernel; a click explains why.
 */
export class GuardStatus extends ReactWidget {
  constructor(options: GuardStatus.IOptions) {
    super();
    this.addClass('jp-CellGuardStatus');
    this._model = options.model;
    this._onClick = options.onClick;
    this._trans = (options.translator ?? nullTranslator).load(NAMESPACE);
  }

  /**
   * How often the guard has done something, or could not help.
   */
  static count(model: IGuardModel): number {
    const { left, repeated, settled, woken } = model.rescues;
    return left + repeated + settled + woken;
  }

  protected render(): JSX.Element {
    return (
      <UseSignal signal={this._model.changed}>
        {() => this._renderButton()}
      </UseSignal>
    );
  }

  private _renderButton(): JSX.Element {
    const description = describeRescues(this._model.rescues, this._trans);
    return (
      <button
        className="jp-CellGuardStatus-button"
        type="button"
        title={description}
        aria-label={description}
        onClick={this._onClick}
      >
        <refreshIcon.react tag="span" className="jp-CellGuardStatus-icon" />
        {GuardStatus.count(this._model)}
      </button>
    );
  }

  private readonly _model: IGuardModel;
  private readonly _onClick: () => void;
  private readonly _trans: TranslationBundle;
}

/**
 * A namespace for `GuardStatus` statics.
 */
export namespace GuardStatus {
  /**
   * The instantiation options.
   */
  export interface IOptions {
    /**
     * What is shown.
     */
    model: IGuardModel;

    /**
     * Called when the item is chosen.
     */
    onClick: () => void;

    /**
     * The application language translator.
     */
    translator?: ITranslator | null;
  }
}
