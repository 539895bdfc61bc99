import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { RunningWindows } from '../../panel/running';
import type { IWindowsModel } from '../../tokens';
import { makeWindow } from '../fakes';

describe('RunningWindows', () => {
  it('should tell figures of one number apart by their notebooks', () => {
    const model = {
      changed: new Signal({}),
      windows: [
        makeWindow({ id: 'a', notebook: '/u/a.ipynb' }),
        makeWindow({ id: 'b', notebook: '/u/b.ipynb' }),
        makeWindow({ id: 'c', title: '', notebook: '' })
      ]
    } as unknown as IWindowsModel;
    const commands = new CommandRegistry();

    const items = new RunningWindows({ commands, model }).running();

    expect(items.map(item => item.label())).toEqual([
      'Figure 1 — a.ipynb',
      'Figure 1 — b.ipynb',
      'Untitled'
    ]);
  });
});
