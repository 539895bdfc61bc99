import { nullTranslator } from '@jupyterlab/translation';
import React, { act } from 'react';
import type { Root } from 'react-dom/client';
import { createRoot } from 'react-dom/client';

import { describeState, WindowItem } from '../../panel/item';
import type { IWindowModel } from '../../tokens';
import { makeWindow } from '../fakes';
import states from '../states.json';

const trans = nullTranslator.load('jlab-qtwindows');

describe('describeState()', () => {
  // The same as the tests of status bars and of the kernel's table have.
  const cases = states as [string, Partial<IWindowModel>][];

  it.each(cases)('should say "%s"', (words, window) => {
    expect(describeState(makeWindow(window), trans)).toBe(words);
  });
});

describe('WindowItem', () => {
  const log: string[] = [];
  let node: HTMLUListElement;
  let root: Root;

  beforeEach(() => {
    log.length = 0;
    node = document.createElement('ul');
    document.body.appendChild(node);
    root = createRoot(node);
  });

  afterEach(() => {
    act(() => root.unmount());
    node.remove();
  });

  function renderItem(
    window: IWindowModel,
    thumbnail = '',
    hidden = ''
  ): HTMLElement {
    act(() =>
      root.render(
        <WindowItem
          hidden={hidden}
          onClose={id => log.push(`close ${id}`)}
          onRaise={id => log.push(`raise ${id}`)}
          thumbnail={thumbnail}
          trans={trans}
          window={window}
        />
      )
    );
    return find('.jp-QtWindowsPanel-item');
  }

  function find(selector: string): HTMLElement {
    return node.querySelector<HTMLElement>(selector)!;
  }

  it('should show the id, the title and the picture', () => {
    const item = renderItem(makeWindow(), 'blob:picture');

    expect(item.dataset.windowId).toBe('w1');
    expect(find('.jp-QtWindowsPanel-title').textContent).toBe('Figure 1');
    expect(find('img').getAttribute('src')).toBe('blob:picture');
  });

  it('should show a hostile title as text', () => {
    const title = '<img src=x onerror=alert(1)>';

    renderItem(makeWindow({ title }));

    expect(find('.jp-QtWindowsPanel-title').textContent).toBe(title);
    expect(find('img')).toBeNull();
  });

  it('should mark the active window', () => {
    const item = renderItem(makeWindow({ active: true }));

    expect(item.classList.contains('jp-mod-active')).toBe(true);
    expect(item.getAttribute('aria-selected')).toBe('true');
  });

  it('should say that a window cannot be seen, and what to do', () => {
    const item = renderItem(makeWindow(), 'blob:picture', 'Set DISPLAY');

    expect(find('.jp-QtWindowsPanel-state').textContent).toBe(
      'not visible · up to date'
    );
    expect(item.getAttribute('aria-label')).toContain('not visible');
    expect(item.title).toBe('Set DISPLAY');
    expect(find('img').getAttribute('src')).toBe('blob:picture');
  });

  it('should tell what the state does not say in its tooltip', () => {
    renderItem(makeWindow({ reason: 'drawing takes 2.0 s' }));

    expect(find('.jp-QtWindowsPanel-state').title).toContain(
      'drawing takes 2.0 s'
    );
  });

  it('should raise on a click', () => {
    const item = renderItem(makeWindow());

    act(() => item.click());

    expect(log).toEqual(['raise w1']);
  });

  it.each(['Enter', ' '])('should raise on the key "%s"', key => {
    const item = renderItem(makeWindow());

    act(() => {
      item.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    });

    expect(log).toEqual(['raise w1']);
  });

  it('should close without raising', () => {
    renderItem(makeWindow());
    const button = find('.jp-QtWindowsPanel-close');
    const init = { key: 'Enter', bubbles: true };

    act(() => {
      button.dispatchEvent(new KeyboardEvent('keydown', init));
      button.click();
    });

    expect(log).toEqual(['close w1']);
    expect(button.getAttribute('aria-label')).toBe('Close Figure 1');
  });
});
