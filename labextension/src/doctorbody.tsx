import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IDoctorLine, IDoctorReport, IDoctorStatus } from './tokens';

/**
 * Properties of the doctor's findings.
 */
interface IDoctorBodyProps {
  onAgain: () => void;
  status: IDoctorStatus;
  trans: TranslationBundle;
}

/**
 * What the doctor has found, or that it is at work.
 */
export function DoctorBody(props: IDoctorBodyProps): JSX.Element {
  const { onAgain, status, trans } = props;
  if (status.state === 'idle' || status.state === 'running') {
    return (
      <div className="jp-QtWindowsDoctor-running" role="status">
        <div aria-hidden="true" className="jp-QtWindowsDoctor-spinner" />
        <p>
          {trans.__(
            'Looking at this installation. A small window will open for a moment, ' +
              'and each kernel is tried, which takes up to a minute for each.'
          )}
        </p>
      </div>
    );
  }
  return (
    <>
      {status.report ? (
        <Findings report={status.report} trans={trans} />
      ) : (
        <p className="jp-QtWindowsDoctor-failure" role="alert">
          {trans.__('The check could not be made: %1', status.reason)}
        </p>
      )}
      <button
        className="jp-QtWindowsDoctor-again jp-Button jp-mod-styled jp-mod-reject"
        onClick={onAgain}
        type="button"
      >
        {trans.__('Check Again')}
      </button>
    </>
  );
}

/**
 * The table of findings.
 */
function Findings(props: {
  report: IDoctorReport;
  trans: TranslationBundle;
}): JSX.Element {
  const { report, trans } = props;
  return (
    <>
      <p className="jp-QtWindowsDoctor-summary" role="status">
        {summary(report, trans)}
      </p>
      {/* Focusable, so that the arrow keys scroll it. */}
      <div
        aria-label={trans.__('Findings')}
        className="jp-QtWindowsDoctor-findings"
        role="region"
        tabIndex={0}
      >
        <table className="jp-QtWindowsDoctor-table">
          <tbody>
            {worstFirst(report.lines).map((line, index) => (
              <Finding key={index} line={line} trans={trans} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/**
 * One line of the table.
 */
function Finding(props: {
  line: IDoctorLine;
  trans: TranslationBundle;
}): JSX.Element {
  const { line, trans } = props;
  const levels = {
    ok: trans.__('ok'),
    warning: trans.__('warning'),
    fault: trans.__('fault')
  };
  return (
    <tr data-level={line.level}>
      <td className="jp-QtWindowsDoctor-level">{levels[line.level]}</td>
      <th scope="row">{line.subject}</th>
      <td>
        {line.finding}
        {line.remedy && (
          <div className="jp-QtWindowsDoctor-remedy">
            {trans.__('Remedy: %1', line.remedy)}
          </div>
        )}
      </td>
    </tr>
  );
}

/**
 * Order findings by level; those of one level keep their order.
 */
function worstFirst(lines: readonly IDoctorLine[]): IDoctorLine[] {
  const levels = ['fault', 'warning', 'ok'];
  return [...lines].sort(
    (a, b) => levels.indexOf(a.level) - levels.indexOf(b.level)
  );
}

/**
 * The outcome in words.
 */
function summary(report: IDoctorReport, trans: TranslationBundle): string {
  const { faults, warnings } = report;
  if (faults === 0 && warnings === 0) {
    return trans.__('Everything is as it should be.');
  }
  const words = [
    trans._n('%1 fault', '%1 faults', faults),
    trans._n('%1 warning', '%1 warnings', warnings)
  ];
  return `${words.join(', ')}.`;
}
