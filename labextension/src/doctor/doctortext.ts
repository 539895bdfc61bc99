import type { IDoctorLine, IDoctorReport } from '../tokens';

/**
 * The report as text, as `jlab-qtwindows doctor` prints it.
 */
export function reportText(report: IDoctorReport): string {
  const { lines, version } = report;
  const subjects = Math.max(0, ...lines.map(line => line.subject.length));
  return [
    `jlab-qtwindows ${version}`.trimEnd(),
    ...lines.flatMap(line => Private.rows(line, subjects)),
    ''
  ].join('\n');
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  const LEVEL = 'warning'.length;

  /**
   * The rows for one finding, whose subject is as wide as that of the others.
   */
  export function rows(line: IDoctorLine, subjects: number): string[] {
    const { finding, level, remedy, subject } = line;
    const rows = [
      `${level.padEnd(LEVEL)}  ${subject.padEnd(subjects)}  ${finding}`
    ];
    if (remedy) {
      rows.push(`${' '.repeat(LEVEL + subjects + 4)}remedy: ${remedy}`);
    }
    return rows;
  }
}
