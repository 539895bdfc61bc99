import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useState } from 'react';

import { reportText } from './doctortext';
import type { IDoctorLine, IDoctorReport, IDoctorStatus } from '../tokens';

/**
 * Milliseconds for which a button says that it has copied.
 */
const COPIED = 2000;

/**
 * Properties of the doctor's findings.
 */
interface IDoctorBodyProps {
  onAgain: () => void;
  onCopy: (text: string) => void;
  status: IDoctorStatus;
  trans: TranslationBundle;
}

/**
 * What the doctor has found so far, and what it is looking at.
 */
export function DoctorBody(props: IDoctorBodyProps): JSX.Element {
  const { onAgain, onCopy, status, trans } = props;
  const { report } = status;
  const isRunning = status.state === 'idle' || status.state === 'running';
  return (
    <>
      {isRunning ? (
        <Running looking={status.looking} trans={trans} />
      ) : status.state === 'failed' ? (
        <p className="jp-QtWindowsDoctor-failure" role="alert">
          {trans.__('The check could not be made: %1', status.reason)}
        </p>
      ) : (
        report && (
          <p className="jp-QtWindowsDoctor-summary" role="status">
            {summary(report, trans)}
          </p>
        )
      )}
      {/* Focusable, so that the arrow keys scroll it. */}
      <div
        aria-busy={isRunning}
        aria-label={trans.__('Findings')}
        className="jp-QtWindowsDoctor-findings"
        role="region"
        tabIndex={0}
      >
        <table className="jp-QtWindowsDoctor-table">
          <tbody>
            {worstFirst(report?.lines ?? []).map((line, index) => (
              <Finding key={index} line={line} trans={trans} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="jp-QtWindowsDoctor-actions">
        <button
          className="jp-QtWindowsDoctor-again jp-Button jp-mod-styled jp-mod-reject"
          disabled={isRunning}
          onClick={onAgain}
          type="button"
        >
          {trans.__('Check Again')}
        </button>
        <CopyButton
          onCopy={onCopy}
          report={isRunning ? null : report}
          trans={trans}
        />
      </div>
    </>
  );
}

/**
 * That the doctor is at work, and on what.
 */
function Running(props: {
  looking: readonly string[];
  trans: TranslationBundle;
}): JSX.Element {
  const { looking, trans } = props;
  return (
    <div className="jp-QtWindowsDoctor-running">
      <div aria-hidden="true" className="jp-QtWindowsDoctor-spinner" />
      <div>
        <p role="status">
          {trans.__(
            'Looking at this installation. A small window opens for a moment, and ' +
              'the kernels are tried, three at a time, in about half a minute.'
          )}
        </p>
        <p className="jp-QtWindowsDoctor-looking">
          {looking.length > 0
            ? trans.__('Now: %1', looking.join(', '))
            : trans.__('Starting…')}
        </p>
      </div>
    </div>
  );
}

/**
 * A button that copies the report and says so for a moment.
 */
function CopyButton(props: {
  onCopy: (text: string) => void;
  report: IDoctorReport | null;
  trans: TranslationBundle;
}): JSX.Element {
  const { onCopy, report, trans } = props;
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (copied) {
      const timer = setTimeout(() => setCopied(false), COPIED);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [copied]);
  return (
    <button
      aria-live="polite"
      className="jp-QtWindowsDoctor-copy jp-Button jp-mod-styled jp-mod-reject"
      disabled={report === null}
      onClick={() => {
        if (report) {
          onCopy(reportText(report));
          setCopied(true);
        }
      }}
      type="button"
    >
      {copied ? trans.__('Copied') : trans.__('Copy Report')}
    </button>
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
    info: trans.__('info'),
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
  const levels = ['fault', 'warning', 'info', 'ok'];
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
