import type { Kernel, KernelMessage } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import type { KernelGuard } from '../../guard/kernelguard';
import { makeReceived, makeSent } from './recordings';

/**
 * A kernel connection played by hand.
 */
export class FakeKernel implements KernelGuard.IKernel {
  constructor(
    language = 'python',
    features: string[] = [],
    readonly id = 'k1'
  ) {
    const info = {
      language_info: { name: language },
      supported_features: features
    };
    this.info = Promise.resolve(info as unknown as KernelMessage.IInfoReply);
  }

  /** What the parts that know nothing of tests take. */
  get connection(): Kernel.IKernelConnection {
    return this as unknown as Kernel.IKernelConnection;
  }

  readonly anyMessage = new Signal<
    Kernel.IKernelConnection,
    Kernel.IAnyMessageArgs
  >(this.connection);
  readonly connectionStatusChanged = new Signal<
    Kernel.IKernelConnection,
    Kernel.ConnectionStatus
  >(this.connection);
  readonly disposed = new Signal<Kernel.IKernelConnection, void>(
    this.connection
  );
  readonly statusChanged = new Signal<Kernel.IKernelConnection, Kernel.Status>(
    this.connection
  );
  readonly name = 'python3';
  readonly info: Promise<KernelMessage.IInfoReply>;
  connectionStatus: Kernel.ConnectionStatus = 'connected';
  status: Kernel.Status = 'idle';
  pokes = 0;

  async requestKernelInfo(): Promise<undefined> {
    this.pokes += 1;
    throw new Error('Canceled future for kernel_info_request');
  }

  send(id: string, code = 'x = 1'): void {
    this.anyMessage.emit(makeSent('execute_request', id, `c-${id}`, code));
  }

  receive(type: string, parent: string, state = '', code = ''): void {
    this.anyMessage.emit(makeReceived(type, parent, [state], code));
  }

  /** Run code to its end. */
  run(id: string, code: string, count = 2): void {
    this.send(id, code);
    this.receive('status', id, 'busy');
    this.receive('execute_input', id, `${count}`, code);
    this.receive('execute_reply', id, 'ok');
    this.receive('status', id, 'idle');
  }

  fail(id: string): void {
    this.send(id);
    this.receive('status', id, 'busy');
    this.receive('execute_input', id, '3', '1 / 0');
    this.receive('error', id);
    this.receive('execute_reply', id, 'error');
    this.receive('status', id, 'idle');
  }

  /** Begin to deal with what a widget has sent. */
  beginComm(id: string): void {
    this._tellOfComm(id, 'busy');
  }

  endComm(id: string): void {
    this._tellOfComm(id, 'idle');
  }

  changeStatus(status: Kernel.Status): void {
    this.status = status;
    this.statusChanged.emit(status);
  }

  private _tellOfComm(id: string, status: Kernel.Status): void {
    this.anyMessage.emit(makeReceived('status', id, [status], '', 'comm_msg'));
    this.changeStatus(status);
  }
}
