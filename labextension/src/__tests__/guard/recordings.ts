/**
 * What passed between JupyterLab and real kernels, recorded without the guard.
 *
 * A line is: ms, > sent or < received, type, the request it is or answers, and what
 * matters of the content. Code is quoted as JSON.
 */

import type { Kernel, KernelMessage } from '@jupyterlab/services';

/**
 * ipykernel 7.4.0 with `%matplotlib qt`: Run All, and the kernel reads no further; four
 * seconds later a request for its information wakes it.
 */
export const LOST = `
    0 > execute_request r1 cell1 "%matplotlib qt"
    2 > execute_request r2 cell2 "import matplotlib.pyplot as plt\\nplt.ion()\\nfig, ax = plt.subplots()"
    4 > execute_request r3 cell3 "d0 = 0"
    5 > execute_request r4 cell4 "d1 = 1"
    7 > execute_request r5 cell5 "d2 = 2"
    8 > execute_request r6 cell6 "d3 = 3"
    9 > execute_request r7 cell7 "d4 = 4"
   10 > execute_request r8 cell8 "d5 = 5"
   42 < status r1 busy
   43 < execute_input r1 9 "%matplotlib qt"
   74 < execute_reply r1 ok
   76 < status r1 idle
   95 < status r2 busy
   96 < execute_input r2 10 "import matplotlib.pyplot as plt\\nplt.ion()\\nfig, ax = plt.subplots()"
  138 < execute_reply r2 ok
  140 < status r2 idle
  157 < status r3 busy
  170 < execute_input r3 11 "d0 = 0"
  177 < execute_reply r3 ok
  177 < status r3 idle
  235 < status r4 busy
  278 < execute_input r4 12 "d1 = 1"
  278 < execute_reply r4 ok
  278 < status r4 idle
  283 < status r5 busy
  284 < execute_input r5 13 "d2 = 2"
  285 < execute_reply r5 ok
  286 < status r5 idle
  287 < status r6 busy
  295 < execute_input r6 14 "d3 = 3"
  296 < execute_reply r6 ok
  296 < status r6 idle
  301 < status r7 busy
  302 < execute_input r7 15 "d4 = 4"
  303 < execute_reply r7 ok
  303 < status r7 idle
 4059 > kernel_info_request r9
 4068 < status r8 busy
 4074 < execute_input r8 16 "d5 = 5"
 4075 < execute_reply r8 ok
 4075 < status r8 idle
 4078 < status ?r9 busy
 4078 < kernel_info_reply ?r9
 4079 < status ?r9 idle
`;

/**
 * ipykernel 7.4.0: a cell that takes a second, two more behind it, which are lost until a
 * request for information comes.
 */
export const LONG_CELL = `
    0 > execute_request r1 cell1 "import time; time.sleep(1)"
   54 < status r1 busy
   74 < execute_input r1 2 "import time; time.sleep(1)"
  161 > execute_request r2 cell2 "a = 1"
  306 > execute_request r3 cell3 "b = 2"
 1008 < execute_reply r1 ok
 1009 < status r1 idle
 3331 > kernel_info_request r4
 3340 < status r2 busy
 3349 < execute_input r2 3 "a = 1"
 3350 < execute_reply r2 ok
 3352 < status r2 idle
 3359 < status r3 busy
 3365 < execute_input r3 4 "b = 2"
 3371 < execute_reply r3 ok
 3372 < status r3 idle
 3382 < kernel_info_reply ?r4
 3382 < status ?r4 busy
 3388 < status ?r4 idle
`;

/**
 * ipykernel 6.27.1: Run All with an error in the third cell.
 */
export const ERROR_IN_THE_MIDDLE = `
    0 > execute_request r1 cell1 "%matplotlib qt"
    3 > execute_request r2 cell2 "a = 1"
    4 > execute_request r3 cell3 "1 / 0"
    6 > execute_request r4 cell4 "b = 2"
    7 > execute_request r5 cell5 "c = 3"
    8 > execute_request r6 cell6 "import time; time.sleep(1)"
  138 < status r1 busy
  205 < execute_input r1 2 "%matplotlib qt"
  205 < status r1 idle
  206 < execute_reply r1 ok
  207 < status r2 busy
  208 < execute_input r2 3 "a = 1"
  208 < status r2 idle
  208 < execute_reply r2 ok
  209 < status r3 busy
  210 < execute_input r3 4 "1 / 0"
  210 < error r3 ZeroDivisionError
  219 < execute_reply r3 error
  219 < status r3 idle
  223 < status r4 busy
  223 < status r4 idle
  224 < execute_reply r4 aborted
  224 < status r5 busy
  236 < status r5 idle
  238 < execute_reply r5 aborted
  238 < status r6 busy
  238 < status r6 idle
  239 < execute_reply r6 aborted
`;

/**
 * ipykernel 6.27.1: a cell with an error, and a second and a half later the next one.
 */
export const NEXT_CELL_ABORTED = `
    0 > execute_request r1 cell1 "1 / 0"
   45 < status r1 busy
   47 < execute_input r1 6 "1 / 0"
   47 < error r1 ZeroDivisionError
   65 < execute_reply r1 error
   65 < status r1 idle
 1615 > execute_request r2 cell2 "b = 2"
 1649 < status r2 busy
 1665 < execute_reply r2 aborted
 1665 < status r2 idle
`;

/**
 * ipykernel 6.27.1: a cell with an error, then several at once: only the first is aborted.
 */
export const BURST_AFTER_ERROR = `
    0 > execute_request r1 cell1 "1 / 0"
   40 < status r1 busy
   42 < execute_input r1 8 "1 / 0"
   42 < error r1 ZeroDivisionError
   52 < execute_reply r1 error
   52 < status r1 idle
 1656 > execute_request r2 cell2 "b = 2"
 1656 > execute_request r3 cell3 "c = 3"
 1657 > execute_request r4 cell4 "import time; time.sleep(1)"
 1693 < execute_reply r2 aborted
 1696 < status r2 busy
 1704 < status r2 idle
 1710 < status r3 busy
 1719 < execute_input r3 9 "c = 3"
 1732 < execute_reply r3 ok
 1738 < status r3 idle
 1743 < status r4 busy
 1745 < execute_input r4 10 "import time; time.sleep(1)"
 2746 < status r4 idle
 2748 < execute_reply r4 ok
`;

/**
 * One message and when it came.
 */
export interface IRecorded {
  readonly time: number;
  readonly args: Kernel.IAnyMessageArgs;
}

/**
 * Read a recording.
 */
export function parseRecording(text: string): IRecorded[] {
  return text
    .trim()
    .split('\n')
    .map(line => {
      const [time, direction, type, id, ...rest] = line.trim().split(/ +/);
      const args =
        direction === '>'
          ? makeSent(type, id, rest[0], quoted(line))
          : makeReceived(type, id, rest, quoted(line));
      return { time: Number(time), args };
    });
}

/**
 * A message that JupyterLab sends.
 */
export function makeSent(
  type: string,
  id: string,
  cellId?: string,
  code = ''
): Kernel.IAnyMessageArgs {
  const header = { msg_id: id, msg_type: type };
  const metadata = cellId ? { cellId } : {};
  const msg = { header, parent_header: {}, metadata, content: { code } };
  return {
    direction: 'send',
    msg: msg as unknown as KernelMessage.IMessage
  };
}

/**
 * A message of the kernel. A parent that begins with "?" is a request for information.
 */
export function makeReceived(
  type: string,
  parent: string,
  rest: readonly string[] = [],
  code = '',
  request = parent.startsWith('?') ? 'kernel_info_request' : 'execute_request'
): Kernel.IAnyMessageArgs {
  const parent_header = { msg_id: parent, msg_type: request };
  const content = {
    code,
    execution_count: Number(rest[0]),
    execution_state: rest[0],
    status: rest[0]
  };
  const msg = {
    header: { msg_id: `of-${parent}`, msg_type: type },
    parent_header,
    metadata: {},
    content
  };
  return {
    direction: 'recv',
    msg: msg as unknown as KernelMessage.IMessage
  };
}

function quoted(line: string): string {
  const start = line.indexOf('"');
  return start < 0 ? '' : (JSON.parse(line.slice(start)) as string);
}
