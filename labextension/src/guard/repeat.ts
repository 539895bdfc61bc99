/**
 * Running cells again that the kernel has aborted by mistake.
 */

import type { CodeCell } from '@jupyterlab/cells';
import { NotebookActions } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { ITranslator } from '@jupyterlab/translation';

import type { IRun } from './tokens';

/**
 * How long to wait until JupyterLab has dealt with the aborted run, in ms.
 */
const PATIENCE = 5000;

/**
 * Run cells of a notebook again, unless anything has changed since: the kernel, the cells'
 * source, or that the user has run them again already.
 *
 * @param panel - The notebook.
 * @param runs - The aborted runs, in order.
 * @param begin - Called before the cells are run.
 * @returns whether the cells were run.
 */
export async function repeat(
  panel: NotebookPanel,
  runs: readonly IRun[],
  begin: () => void,
  translator?: ITranslator
): Promise<boolean> {
  const kernel = panel.sessionContext.session?.kernel;
  if (!Private.findCells(panel, runs)) {
    return false;
  }
  await Private.withinLimit(Private.dealtWith(panel, runs));
  const cells = Private.findCells(panel, runs);
  if (!cells || !kernel || panel.sessionContext.session?.kernel !== kernel) {
    return false;
  }
  begin();
  const { content, sessionContext } = panel;
  const { mode } = content;
  const done = NotebookActions.runCells(
    content,
    cells,
    sessionContext,
    undefined,
    translator
  );
  // Running leaves the edit mode, in which the user may be typing the next cell.
  content.mode = mode;
  await done;
  return true;
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  /**
   * The cells of the runs; null if one of them is not as it was.
   */
  export function findCells(
    panel: NotebookPanel,
    runs: readonly IRun[]
  ): CodeCell[] | null {
    if (panel.isDisposed) {
      return null;
    }
    const cells = runs.map(run =>
      panel.content.widgets.find(cell => isCellOf(run, cell as CodeCell))
    );
    return cells.includes(undefined) ? null : (cells as CodeCell[]);
  }

  /**
   * Wait until JupyterLab has done what it does after an aborted run.
   */
  export async function dealtWith(
    panel: NotebookPanel,
    runs: readonly IRun[]
  ): Promise<void> {
    for (const cell of findCells(panel, runs) ?? []) {
      // A run that is cancelled is dealt with too.
      await cell.outputArea.future?.done.catch(() => undefined);
    }
    // Its own functions that wait for the same reply come first.
    await new Promise(resolve => setTimeout(resolve));
  }

  export async function withinLimit(work: Promise<void>): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const limit = new Promise<void>(resolve => {
      timer = setTimeout(resolve, PATIENCE);
    });
    await Promise.race([work, limit]);
    clearTimeout(timer);
  }

  function isCellOf(run: IRun, cell: CodeCell): boolean {
    return (
      cell.model.type === 'code' &&
      cell.model.sharedModel.getId() === run.cellId &&
      cell.model.sharedModel.getSource() === run.code &&
      cell.outputArea.future?.msg.header.msg_id === run.id
    );
  }
}
