/**
 * Kernel messages, reduced to what the guard has to know. Pure functions.
 */

import type { Kernel, KernelMessage } from '@jupyterlab/services';

/**
 * What a message means for the running of cells.
 */
export type RunEvent =
  | {
      readonly type: 'sent';
      readonly id: string;
      readonly cellId: string | null;
      readonly code: string;
    }
  | { readonly type: 'busy' | 'idle'; readonly parent: string }
  | {
      readonly type: 'began';
      readonly parent: string;
      readonly code: string;
      readonly count: number | null;
    }
  /** Code raised an error, perhaps that of another client. */
  | { readonly type: 'failed'; readonly parent: string }
  | {
      readonly type: 'replied';
      readonly parent: string;
      readonly status: 'ok' | 'error' | 'aborted';
    };

/**
 * Read a message of a kernel connection; null for one that tells nothing.
 *
 * #### Notes
 * Output tells nothing: a thread may print at any time, while a request lies unread.
 * Neither do requests for the kernel's information, by which the guard pokes it.
 */
export function readMessage(args: Kernel.IAnyMessageArgs): RunEvent | null {
  const { direction, msg } = args;
  if (direction === 'send') {
    return Private.readSent(msg);
  }
  const parent = Private.parentOf(msg);
  if (parent === null) {
    return null;
  }
  switch (msg.header.msg_type) {
    case 'status': {
      const { execution_state: state } =
        msg.content as KernelMessage.IStatusMsg['content'];
      return state === 'busy' || state === 'idle'
        ? { type: state, parent }
        : null;
    }
    case 'execute_input': {
      const { code, execution_count: count } =
        msg.content as KernelMessage.IExecuteInputMsg['content'];
      return { type: 'began', parent, code, count };
    }
    case 'error':
      return { type: 'failed', parent };
    case 'execute_reply': {
      const { status } =
        msg.content as KernelMessage.IExecuteReplyMsg['content'];
      // ipykernel before 5 wrote "abort".
      return {
        type: 'replied',
        parent,
        status: status === 'ok' || status === 'error' ? status : 'aborted'
      };
    }
    default:
      return null;
  }
}

/**
 * Whether a kernel connection says that its kernel is started anew.
 */
export function isStartedAnew(status: Kernel.Status): boolean {
  return Private.NEW_KERNEL.includes(status);
}

/**
 * A namespace for module-private helpers.
 */
namespace Private {
  export const NEW_KERNEL: Kernel.Status[] = [
    'starting',
    'restarting',
    'autorestarting',
    'dead'
  ];

  export function readSent(msg: KernelMessage.IMessage): RunEvent | null {
    if (msg.header.msg_type !== 'execute_request') {
      return null;
    }
    const { code } = msg.content as KernelMessage.IExecuteRequestMsg['content'];
    const { cellId } = msg.metadata;
    return {
      type: 'sent',
      id: msg.header.msg_id,
      cellId: typeof cellId === 'string' ? cellId : null,
      code
    };
  }

  export function parentOf(msg: KernelMessage.IMessage): string | null {
    const parent = msg.parent_header;
    return 'msg_id' in parent && parent.msg_type !== 'kernel_info_request'
      ? parent.msg_id
      : null;
  }
}
