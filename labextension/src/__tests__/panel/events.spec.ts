import { EventStream } from '../../panel/events';
import type { WindowsEvent } from '../../tokens';
import { FakeServer, FakeSocket, makeHost } from '../fakes';

describe('EventStream', () => {
  const snapshot = { event: 'Snapshot', windows: [], host: makeHost() };
  let lost: number;
  let received: WindowsEvent[];
  let socket: FakeSocket;
  let stream: EventStream;

  beforeEach(async () => {
    FakeSocket.opened = [];
    const opened = FakeSocket.next();
    stream = new EventStream({
      frequency: { backoff: false, interval: 5 },
      serverSettings: new FakeServer().settings
    });
    lost = 0;
    received = [];
    stream.lost.connect(() => {
      lost += 1;
    });
    stream.received.connect((_, event) => {
      received.push(event);
    });
    socket = await opened;
  });

  afterEach(() => {
    stream.dispose();
  });

  it('should connect to the event socket of the server', () => {
    expect(socket.url).toBe('ws://server/base/jlab-qtwindows/events');
  });

  it('should pass on known events and ignore the rest', () => {
    socket.send(snapshot);
    socket.send({ event: 'Future' });
    socket.send({ event: 'WindowClosed', id: 'w1' });

    expect(received.map(item => item.event)).toEqual([
      'Snapshot',
      'WindowClosed'
    ]);
  });

  it('should reconnect after a lost connection', async () => {
    socket.send(snapshot);

    const opened = FakeSocket.next();
    socket.close();
    (await opened).send(snapshot);

    expect(lost).toBe(1);
    expect(received).toHaveLength(2);
  });

  it('should try again after a refused connection', async () => {
    const opened = FakeSocket.next();
    socket.close();

    await expect(opened).resolves.toBeInstanceOf(FakeSocket);
  });

  it('should close the socket for good when disposed', async () => {
    stream.dispose();
    stream.dispose();
    socket.send(snapshot);

    expect(socket.isClosed).toBe(true);
    expect(stream.isDisposed).toBe(true);
    expect(received).toHaveLength(0);
    expect(FakeSocket.opened).toHaveLength(1);
  });
});
