import { EventStream } from '../../panel/events';
import { WindowsModel } from '../../panel/model';
import { FakeServer, FakeSocket, makeHost, makeWindow } from '../fakes';

describe('WindowsModel', () => {
  const first = makeWindow({ id: 'w1', created: 1 });
  const second = makeWindow({ id: 'w2', created: 2 });
  const third = makeWindow({ id: 'w3', created: 3 });
  let changes: number;
  let model: WindowsModel;
  let server: FakeServer;
  let socket: FakeSocket;

  beforeEach(async () => {
    server = new FakeServer();
    const opened = FakeSocket.next();
    const events = new EventStream({ serverSettings: server.settings });
    model = new WindowsModel({ events, serverSettings: server.settings });
    socket = await opened;
    changes = 0;
    model.changed.connect(() => {
      changes += 1;
    });
  });

  afterEach(() => {
    model.dispose();
  });

  function sendSnapshot(): void {
    const windows = [second, first];
    socket.send({ event: 'Snapshot', windows, host: makeHost() });
  }

  it('should start without windows and without an answer', () => {
    expect(model.windows).toEqual([]);
    expect(model.host).toBeNull();
    expect(model.connection).toBe('connecting');
  });

  it('should tell that the server cannot be reached', () => {
    socket.close();

    expect(model.connection).toBe('lost');
    expect(changes).toBe(1);
  });

  it('should take over a snapshot, oldest window first', () => {
    sendSnapshot();

    expect(model.windows).toEqual([first, second]);
    expect(model.host).toEqual(makeHost());
    expect(model.connection).toBe('connected');
    expect(changes).toBe(1);
  });

  it('should follow windows that open, change and close', () => {
    sendSnapshot();

    const renamed = { ...first, title: 'Renamed' };
    socket.send({ event: 'WindowOpened', window: third });
    socket.send({ event: 'WindowChanged', window: renamed });
    socket.send({ event: 'WindowClosed', id: 'w2' });

    expect(model.windows).toEqual([renamed, third]);
  });

  it('should follow the host', () => {
    sendSnapshot();

    const host = makeHost({ state: 'failed', reason: 'crashed' });
    socket.send({ event: 'HostChanged', host });

    expect(model.host).toEqual(host);
  });

  it('should keep the list while the connection is lost', () => {
    sendSnapshot();

    socket.close();

    expect(model.connection).toBe('lost');
    expect(model.windows).toHaveLength(2);
    expect(changes).toBe(2);
  });

  it('should close every window', async () => {
    sendSnapshot();

    await model.closeAll();

    expect(server.log).toEqual(['DELETE windows/w1', 'DELETE windows/w2']);
  });

  it('should fetch the outcome of a request when no event tells it', async () => {
    sendSnapshot();
    socket.close();
    const answer = (value: unknown) => () =>
      new Response(JSON.stringify(value));
    server.answers.set('GET windows', answer([second]));
    server.answers.set('GET host', answer(makeHost()));

    await model.closeWindow('w1');

    expect(model.windows).toEqual([second]);
  });

  it('should ignore the server once disposed', () => {
    model.dispose();
    model.dispose();
    sendSnapshot();

    expect(model.windows).toEqual([]);
    expect(socket.isClosed).toBe(true);
  });
});
