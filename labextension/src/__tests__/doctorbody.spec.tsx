import { nullTranslator } from '@jupyterlab/translation';
import React from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import { DoctorBody } from '../doctorbody';
import type { IDoctorStatus } from '../tokens';
import { makeReport } from './fakes';

function renderBody(status: Partial<IDoctorStatus>): HTMLElement {
  const node = document.createElement('div');
  node.innerHTML = renderToStaticMarkup(
    <DoctorBody
      onAgain={() => undefined}
      status={{ state: 'done', reason: '', report: null, ...status }}
      trans={nullTranslator.load('jlab-qtwindows')}
    />
  );
  return node;
}

describe('DoctorBody', () => {
  it('should say that it is at work', () => {
    const node = renderBody({ state: 'running' });

    expect(node.querySelector('[role=status]')?.textContent).toContain(
      'Looking at this installation'
    );
    expect(node.querySelector('button')).toBeNull();
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
    const report = { faults: 0, warnings: 0, lines: [] };
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
