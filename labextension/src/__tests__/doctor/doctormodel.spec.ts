import { DoctorModel } from '../../doctor/doctormodel';
import type { IDoctorStatus } from '../../tokens';
import { FakeServer, makeReport } from '../fakes';

const RUNNING = { state: 'running', reason: '', report: null, looking: ['a'] };
const DONE = { state: 'done', reason: '', report: makeReport(), looking: [] };

function answer(body: unknown, status = 200): () => Response {
  return () => new Response(JSON.stringify(body), { status });
}

function makeModel(server: FakeServer): DoctorModel {
  return new DoctorModel({ interval: 0, serverSettings: server.settings });
}

describe('DoctorModel', () => {
  let model: DoctorModel;

  afterEach(() => model.dispose());

  it('should follow the doctor to its end', async () => {
    const server = new FakeServer();
    const found = { ...RUNNING, report: makeReport() };
    const answers = [answer(RUNNING), answer(found), answer(DONE)];
    server.answers.set('POST doctor', answer(RUNNING, 202));
    server.answers.set('GET doctor', () => (answers.shift() ?? answer({}))());
    model = makeModel(server);
    const seen: IDoctorStatus[] = [];
    model.changed.connect(() => seen.push(model.status));

    await model.run(['python3']);

    expect(seen.map(status => status.state)).toEqual([
      ...Array(4).fill('running'),
      'done'
    ]);
    // What has been found so far is shown.
    expect(seen[1].looking).toEqual(['a']);
    expect(seen[3].report).toEqual(makeReport());
    expect(model.status).toEqual(DONE);
    expect(await server.requests[0].json()).toEqual({ gui_loops: ['python3'] });
    expect(server.log).toEqual(['POST doctor', ...Array(3).fill('GET doctor')]);
  });

  it('should not ask twice for what runs already', async () => {
    const server = new FakeServer();
    server.answers.set('POST doctor', answer(DONE, 202));
    model = makeModel(server);

    await Promise.all([model.run(), model.run()]);

    expect(server.log).toEqual(['POST doctor']);
  });

  it('should ask again a server that does not answer once', async () => {
    const server = new FakeServer();
    const answers = [answer({ message: 'busy' }, 502), answer(DONE)];
    server.answers.set('POST doctor', answer(RUNNING, 202));
    server.answers.set('GET doctor', () => (answers.shift() ?? answer({}))());
    model = makeModel(server);

    await model.run();

    expect(model.status).toEqual(DONE);
  });

  it('should give up a server that never answers, and say why', async () => {
    const server = new FakeServer();
    server.answers.set('POST doctor', answer(RUNNING, 202));
    server.answers.set('GET doctor', answer({ message: 'gone' }, 502));
    model = makeModel(server);

    await model.run();

    expect(model.status).toMatchObject({ state: 'failed', reason: 'gone' });
    expect(server.log).toHaveLength(6);
  });

  it.each([
    ['no state', { reason: '', report: null, looking: [] }],
    ['nothing that it looks at', { ...DONE, looking: undefined }],
    ['an unknown level', { ...DONE, report: { ...makeReport(), lines: [{}] } }],
    ['no report', { ...DONE, report: null }]
  ])('should fail where the answer has %s', async (_, body) => {
    const server = new FakeServer();
    server.answers.set('POST doctor', answer(body, 202));
    model = makeModel(server);

    await model.run();

    expect(model.status.state).toBe('failed');
    expect(model.status.reason).not.toBe('');
  });
});
