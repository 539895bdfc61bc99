import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { whyHidden } from './hidden';
import { windowIcon } from '../icon';
import { WindowItem } from './item';
import { shortNames } from './names';
import type { IHostModel, IWindowModel, IWindowsModel } from '../tokens';

/**
 * What to type to see a first window. Code, so not translated.
 */
const EXAMPLE = [
  '%matplotlib qtwindows',
  'import matplotlib.pyplot as plt',
  'plt.plot([1, 2, 3])'
].join('\n');

/**
 * Properties of the panel's content.
 */
interface IPanelBodyProps {
  connection: IWindowsModel['connection'];
  getThumbnail: (id: string) => string;
  host: IHostModel | null;
  onClose: (id: string) => void;
  onCloseAll: () => void;
  onDoctor: () => void;
  onRaise: (id: string) => void;
  onRestart: () => void;
  trans: TranslationBundle;
  windows: readonly IWindowModel[];
}

/**
 * The whole content of the panel.
 */
export function PanelBody(props: IPanelBodyProps): JSX.Element {
  const { connection, host, onCloseAll, onDoctor, onRestart, trans, windows } =
    props;
  return (
    <>
      <div className="jp-QtWindowsPanel-header">
        <h2>{trans.__('Plot Windows')}</h2>
        <button
          className="jp-QtWindowsPanel-closeAll"
          disabled={windows.length === 0}
          onClick={onCloseAll}
          title={trans.__('Close all plot windows')}
          type="button"
        >
          {trans.__('Close All')}
        </button>
      </div>
      {connection === 'lost' && (
        <div className="jp-QtWindowsPanel-connection" role="status">
          {trans.__('The Jupyter server does not answer. Reconnecting…')}
        </div>
      )}
      {host && <HostState host={host} onRestart={onRestart} trans={trans} />}
      <div className="jp-QtWindowsPanel-content">
        {windows.length > 0
          ? groupByNotebook(windows).map(group => (
              <NotebookGroup {...props} {...group} key={group.notebook} />
            ))
          : connection !== 'connecting' && <EmptyState trans={trans} />}
      </div>
      <div className="jp-QtWindowsPanel-foot">
        <button
          className="jp-QtWindowsPanel-doctor"
          onClick={onDoctor}
          title={trans.__('Check this installation and this machine')}
          type="button"
        >
          {trans.__('Check Plot Windows…')}
        </button>
      </div>
    </>
  );
}

/**
 * Messages about the process that owns the windows, if there are any.
 */
function HostState(props: {
  host: IHostModel;
  onRestart: () => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { host, onRestart, trans } = props;
  return (
    <>
      {host.state === 'failed' && (
        <div className="jp-QtWindowsPanel-failure" role="alert">
          <strong>
            {host.worked
              ? trans.__('Plot windows have stopped working')
              : trans.__('Plot windows cannot be started')}
          </strong>
          <p>
            {host.reason ||
              trans.__('The reason is not known; the check below may find it.')}
          </p>
          <button
            className="jp-QtWindowsPanel-restart jp-Button jp-mod-styled jp-mod-accept"
            onClick={onRestart}
            type="button"
          >
            {trans.__('Restart')}
          </button>
        </div>
      )}
      {host.note && (
        <div className="jp-QtWindowsPanel-note" role="note">
          {host.note}
        </div>
      )}
    </>
  );
}

/**
 * The windows of one notebook.
 */
function NotebookGroup(props: IPanelBodyProps & IWindowGroup): JSX.Element {
  const { getThumbnail, host, notebook, onClose, onRaise, trans, windows } =
    props;
  const name = props.name || trans.__('Other programs');
  return (
    <section className="jp-QtWindowsPanel-group">
      <h3
        className="jp-QtWindowsPanel-notebook"
        title={notebook || trans.__('Windows that belong to no notebook')}
      >
        {name}
      </h3>
      <ul aria-label={name} className="jp-QtWindowsPanel-list" role="grid">
        {windows.map(window => (
          <WindowItem
            hidden={whyHidden(host, trans)}
            key={window.id}
            onClose={onClose}
            onRaise={onRaise}
            thumbnail={getThumbnail(window.id)}
            trans={trans}
            window={window}
          />
        ))}
      </ul>
    </section>
  );
}

/**
 * What a newcomer sees.
 */
function EmptyState(props: { trans: TranslationBundle }): JSX.Element {
  const { trans } = props;
  return (
    <div className="jp-QtWindowsPanel-empty">
      <windowIcon.react className="jp-QtWindowsPanel-emptyIcon" tag="div" />
      <p>
        {trans.__(
          'No plot windows yet. Run this in a notebook to open one on your desktop:'
        )}
      </p>
      <pre className="jp-QtWindowsPanel-example">
        <code>{EXAMPLE}</code>
      </pre>
    </div>
  );
}

/**
 * The windows of one notebook, oldest first.
 */
interface IWindowGroup {
  name: string;
  notebook: string;
  windows: readonly IWindowModel[];
}

/**
 * Group windows by notebook, in the order of each notebook's first window.
 */
export function groupByNotebook(
  windows: readonly IWindowModel[]
): IWindowGroup[] {
  const groups = new Map<string, IWindowModel[]>();
  for (const window of windows) {
    const group = groups.get(window.notebook) ?? [];
    group.push(window);
    groups.set(window.notebook, group);
  }
  const names = shortNames([...groups.keys()]);
  return [...groups].map(([notebook, items]) => ({
    name: names.get(notebook) ?? '',
    notebook,
    windows: items
  }));
}
