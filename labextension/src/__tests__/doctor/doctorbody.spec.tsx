import { nullTranslator } from '@jupyterlab/translation';
import React, { act } from 'react';
import { createRoot } from 'react-dom/client';
import { renderToStaticMarkup } from 'react-dom/server';

import { DoctorBody } from '../../doctor/doctorbody';
import type { IDoctorStatus } from '../../tokens';
import { makeReport } from '../fakes';

function renderBody(status: Partial<IDoctorStatus>): HTMLElement {
  const node = document.createElement('div');
  node.innerHTML = renderToStaticMarkup(
    <DoctorBody
      onAgain={() => undefined}
      onCopy={() => undefined}
      status={{
        state: 'done',
        reason: '',
        report: null,
        looking: [],
        ...status
      }}
      trans={nullTranslator.load('jlab-qtwindows')}
    />
  );
  return node;
}

describe('DoctorBody', () => {
  it('should say that it is at work', () => {
    const node = renderBody({ state: 'running', looking: ['a', 'b'] });

    expect(node.querySelector('[role=status]')?.textContent).toContain(
      'Looking at this installation'
    );
    expect(node.textContent).toContain('Now: a, b');
    const buttons = [...node.querySelectorAll('button')];
    expect(buttons.map(button => button.disabled)).toEqual([true, true]);
  });

  it('should show what is found while it is at work, and where it failed', () => {
    for (const state of ['running', 'failed'] as const) {
      const node = renderBody({ state, report: makeReport() });

      expect(node.querySelectorAll('tr')).toHaveLength(2);
    }
  });

  it('should copy the report as the terminal prints it', () => {
    const copied: string[] = [];
    const node = document.createElement('div');
    document.body.append(node);
    const root = createRoot(node);
    act(() =>
      root.render(
        <DoctorBody
          onAgain={() => undefined}
          onCopy={text => copied.push(text)}
          status={{
            state: 'done',
            reason: '',
            report: makeReport(),
            looking: []
          }}
          trans={nullTranslator.load('jlab-qtwindows')}
        />
      )
    );
    const button = node.querySelector<HTMLButtonElement>(
      '.jp-QtWindowsDoctor-copy'
    );

    act(() => button?.click());

    expect(copied).toEqual([
      [
        'jlab-qtwindows 1.0',
        'ok       display         X11 :0 answers',
        'fault    window process  no Qt',
        '                         remedy: pip install PyQt5',
        ''
      ].join('\n')
    ]);
    expect(button?.textContent).toBe('Copied');
    act(() => root.unmount());
    node.remove();
  });

  it('should show each finding with its remedy, the worst first', () => {
    const node = renderBody({ report: makeReport() });

    const rows = [...node.querySelectorAll('tr')];
    expect(rows.map(row => row.dataset.level)).toEqual(['fault', 'ok']);
    expect(rows[0].textContent).toBe(
      'faultwindow processno QtRemedy: pip install PyQt5'
    );
    expect(rows[1].querySelector('.jp-QtWindowsDoctor-remedy')).toBeNull();
    expect(node.querySelector('[role=status]')?.textContent).toBe(
      '1 fault, 0 warnings.'
    );
  });

  it('should let the keyboard scroll the findings', () => {
    const node = renderBody({ report: makeReport() });

    expect(node.querySelector<HTMLElement>('[role=region]')?.tabIndex).toBe(0);
  });

  it('should say that nothing is wrong', () => {
    const report = { version: '', faults: 0, warnings: 0, lines: [] };
    const node = renderBody({ report });

    expect(node.textContent).toContain('Everything is as it should be.');
  });

  it('should say in words why there are no findings', () => {
    const node = renderBody({ state: 'failed', reason: 'it was ended' });

    expect(node.querySelector('[role=alert]')?.textContent).toBe(
      'The check could not be made: it was ended'
    );
    expect(node.querySelector('button')?.textContent).toBe('Check Again');
  });
});
