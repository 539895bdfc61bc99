import type { ICodeCellModel } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';

import type { IExecuted } from './loops';

/**
 * The cells of a notebook that have a number, by number: what it shows as executed.
 */
export function executedCells(panel: NotebookPanel): IExecuted[] {
  const executed: Private.INumbered[] = [];
  for (const cell of panel.content.model?.cells ?? []) {
    if (cell.type === 'code') {
      const { executionCount, outputs } = cell as ICodeCellModel;
      if (executionCount) {
        executed.push({
          code: cell.sharedModel.getSource(),
          count: executionCount,
          failed: Private.hasError(outputs)
        });
      }
    }
  }
  return executed.sort((a, b) => a.count - b.count);
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export interface INumbered extends IExecuted {
    readonly count: number;
  }

  export function hasError(outputs: ICodeCellModel['outputs']): boolean {
    for (let index = 0; index < outputs.length; index++) {
      if (outputs.get(index).type === 'error') {
        return true;
      }
    }
    return false;
  }
}
