import { readMessage } from '../../guard/messages';
import { makeReceived, makeSent } from './recordings';

describe('readMessage', () => {
  it('should read a request with its cell', () => {
    const message = makeSent('execute_request', 'r1', 'cell1', 'x = 1');

    expect(readMessage(message)).toEqual({
      type: 'sent',
      id: 'r1',
      cellId: 'cell1',
      code: 'x = 1'
    });
  });

  it('should read a request that no cell made', () => {
    const message = makeSent('execute_request', 'r1');

    expect(readMessage(message)).toMatchObject({ cellId: null });
  });

  it.each(['ok', 'error', 'aborted'])('should read the reply "%s"', status => {
    const message = makeReceived('execute_reply', 'r1', [status]);

    expect(readMessage(message)).toEqual({
      type: 'replied',
      parent: 'r1',
      status
    });
  });

  it('should read code that begins, with its number', () => {
    const message = makeReceived('execute_input', 'r1', ['7'], 'x = 1');

    expect(readMessage(message)).toEqual({
      type: 'began',
      parent: 'r1',
      code: 'x = 1',
      count: 7
    });
  });

  it('should take no notice of output, nor of requests for information', () => {
    expect(readMessage(makeReceived('stream', 'r1'))).toBeNull();
    expect(readMessage(makeReceived('display_data', 'r1'))).toBeNull();
    expect(readMessage(makeReceived('status', '?r1', ['busy']))).toBeNull();
    expect(readMessage(makeReceived('kernel_info_reply', '?r1'))).toBeNull();
    expect(readMessage(makeSent('kernel_info_request', 'r2'))).toBeNull();
    expect(readMessage(makeReceived('status', 'r1', ['starting']))).toBeNull();
  });

  it('should take no notice of a message without a parent', () => {
    const { direction, msg } = makeReceived('status', 'r1', ['idle']);
    const orphan = { direction, msg: { ...msg, parent_header: {} } };

    expect(readMessage(orphan)).toBeNull();
  });
});
