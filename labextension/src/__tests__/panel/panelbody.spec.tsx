import { nullTranslator } from '@jupyterlab/translation';
import React from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import { groupByNotebook, PanelBody } from '../../panel/panelbody';
import type { IHostModel, IWindowModel, IWindowsModel } from '../../tokens';
import { makeHost, makeWindow } from '../fakes';

interface IState {
  connection?: IWindowsModel['connection'];
  host?: IHostModel | null;
  windows?: IWindowModel[];
}

function renderBody(state: IState): HTMLElement {
  const node = document.createElement('div');
  node.innerHTML = renderToStaticMarkup(
    <PanelBody
      connection="connected"
      getThumbnail={() => ''}
      host={makeHost()}
      onClose={() => undefined}
      onCloseAll={() => undefined}
      onDoctor={() => undefined}
      onRaise={() => undefined}
      onRestart={() => undefined}
      trans={nullTranslator.load('jlab-qtwindows')}
      windows={[]}
      {...state}
    />
  );
  return node;
}

describe('groupByNotebook()', () => {
  it('should order groups by their first window', () => {
    const a1 = makeWindow({ id: 'a1', notebook: 'a.ipynb' });
    const b1 = makeWindow({ id: 'b1', notebook: 'b.ipynb' });
    const a2 = makeWindow({ id: 'a2', notebook: 'a.ipynb' });

    expect(groupByNotebook([b1, a1, a2])).toEqual([
      { name: 'b.ipynb', notebook: 'b.ipynb', windows: [b1] },
      { name: 'a.ipynb', notebook: 'a.ipynb', windows: [a1, a2] }
    ]);
  });
});

describe('PanelBody', () => {
  it('should tell a newcomer what to type', () => {
    const node = renderBody({});

    expect(node.querySelector('.jp-QtWindowsPanel-empty')).not.toBeNull();
    expect(node.querySelector('code')?.textContent).toBe(
      '%matplotlib qtwindows\n' +
        'import matplotlib.pyplot as plt\n' +
        'plt.plot([1, 2, 3])'
    );
  });

  it('should head each group with the file name', () => {
    const other = makeWindow({ id: 'w2', notebook: '' });
    const node = renderBody({ windows: [makeWindow(), other] });

    const headings = [...node.querySelectorAll('h3')];
    expect(headings.map(item => item.textContent)).toEqual([
      'notebook.ipynb',
      'Other programs'
    ]);
    expect(headings[0].title).toBe('folder/notebook.ipynb');
  });

  it('should always offer to look for what is wrong', () => {
    for (const windows of [[], [makeWindow()]]) {
      const node = renderBody({ windows });

      const button = node.querySelector('.jp-QtWindowsPanel-doctor');
      expect(button?.textContent).toBe('Check Plot Windows…');
    }
  });

  it('should keep the windows while reconnecting', () => {
    const node = renderBody({ connection: 'lost', windows: [makeWindow()] });

    expect(node.querySelector('[role=status]')?.textContent).toBe(
      'The Jupyter server does not answer. Reconnecting…'
    );
    expect(node.querySelectorAll('.jp-QtWindowsPanel-item')).toHaveLength(1);
  });

  it('should say why the host failed and offer a restart', () => {
    const host = makeHost({ state: 'failed', reason: 'crashed 3 times' });
    const node = renderBody({ host });

    const failure = node.querySelector('[role=alert]');
    expect(failure?.textContent).toContain('crashed 3 times');
    expect(failure?.querySelector('button')?.textContent).toBe('Restart');
  });

  it.each([
    [true, 'Plot windows have stopped working'],
    [false, 'Plot windows cannot be started']
  ])(
    'should tell a failure after working (%s) as what it is',
    (worked, says) => {
      const host = makeHost({ state: 'failed', worked });
      const node = renderBody({ host });

      expect(node.querySelector('[role=alert] strong')?.textContent).toBe(says);
    }
  );

  it('should show the note of the host', () => {
    const node = renderBody({ host: makeHost({ note: 'No display' }) });

    expect(node.querySelector('[role=note]')?.textContent).toBe('No display');
  });

  it('should say of each window that the server has no display', () => {
    const host = makeHost({ platform: 'offscreen', note: 'Set DISPLAY' });
    const row = (state: IState): HTMLElement =>
      renderBody(state).querySelector<HTMLElement>('.jp-QtWindowsPanel-item')!;

    const unseen = row({ host, windows: [makeWindow()] });
    expect(unseen.textContent).toContain('not visible');
    expect(unseen.title).toBe('Set DISPLAY');

    const seen = row({ windows: [makeWindow()] });
    expect(seen.textContent).not.toContain('not visible');
    expect(seen.title).toBe('Bring to front');
  });
});
