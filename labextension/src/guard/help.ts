import type { JupyterFrontEnd } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import type { ICommandPalette } from '@jupyterlab/apputils';
import { MimeModel } from '@jupyterlab/rendermime';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';
import type { ITranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';

import page from '../../../docs/cell-running.md';
import { NAMESPACE } from '../tokens';
import { GuardCommandIDs } from './tokens';

/**
 * The id of the page's widget.
 */
const PAGE_ID = 'jlab-qtwindows-cell-running';

/**
 * Register the command that shows docs/cell-running.md. The page is part of this
 * extension, so that it is there without a network.
 */
export function addHelp(app: JupyterFrontEnd, options: Help.IOptions): void {
  const trans = (options.translator ?? nullTranslator).load(NAMESPACE);
  const command = GuardCommandIDs.showHelp;
  let widget: MainAreaWidget | null = null;

  app.commands.addCommand(command, {
    label: trans.__('Why Cells Wait or Are Aborted'),
    describedBy: { args: { type: 'object', properties: {} } },
    execute: () => {
      if (!widget || widget.isDisposed) {
        widget = new MainAreaWidget({
          content: Private.createPage(options.rendermime)
        });
        widget.id = PAGE_ID;
        widget.title.label = trans.__('Running Cells');
        widget.title.closable = true;
        app.shell.add(widget, 'main');
      }
      app.shell.activateById(widget.id);
    }
  });
  options.palette?.addItem({ command, category: trans.__('Plot Windows') });
}

/**
 * A namespace for `addHelp` statics.
 */
export namespace Help {
  /**
   * What the help may use.
   */
  export interface IOptions {
    palette?: ICommandPalette | null;

    /**
     * What renders Markdown; without it the page is shown as it is written.
     */
    rendermime?: IRenderMimeRegistry | null;

    translator?: ITranslator | null;
  }
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export function createPage(rendermime?: IRenderMimeRegistry | null): Widget {
    if (rendermime) {
      const mimeType = 'text/markdown';
      const renderer = rendermime.createRenderer(mimeType);
      renderer.addClass('jp-CellGuardHelp');
      const data = { [mimeType]: page };
      void renderer.renderModel(new MimeModel({ data, trusted: true }));
      return renderer;
    }
    const node = document.createElement('pre');
    node.textContent = page;
    const plain = new Widget({ node });
    plain.addClass('jp-CellGuardHelp');
    return plain;
  }
}
