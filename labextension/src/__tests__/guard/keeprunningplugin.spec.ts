import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';

import { keepRunningPlugin } from '../../guard/keeprunningplugin';
import { GuardCommandIDs, KEEP_RUNNING_ID } from '../../guard/tokens';
import { FakeNotebook } from './fakepanels';
import type { FakeView } from './fakepanels';

// The names of the services are enough.
jest.mock('@jupyterlab/apputils', () => ({ ICommandPalette: {} }));
jest.mock('@jupyterlab/notebook', () => ({ INotebookTracker: {} }));

const schema = jest.requireActual<{
  properties: { keepRunning: { default: boolean } };
}>('../../../schema/keep-running.json');

/**
 * The open notebooks.
 */
class FakeTracker {
  readonly currentChanged = new Signal<this, NotebookPanel | null>(this);
  readonly widgetAdded = new Signal<this, NotebookPanel>(this);
  currentWidget: NotebookPanel | null = null;

  forEach(visit: (panel: NotebookPanel) => void): void {
    this._views.forEach(view => visit(view.panel));
  }

  open(notebook: FakeNotebook): void {
    const view = notebook.open();
    this._views.push(view);
    this.currentWidget = view.panel;
    this.widgetAdded.emit(view.panel);
  }

  private readonly _views: FakeView[] = [];
}

/**
 * The user's settings of the plugin.
 */
class FakeSettings {
  readonly changed = new Signal<this, void>(this);
  composite: ISettingRegistry.ISettings['composite'] = {};

  readonly load = jest.fn(async (_: string) => this);

  choose(keepRunning: boolean): void {
    this.composite = { keepRunning };
    this.changed.emit();
  }
}

describe('keepRunningPlugin', () => {
  let commands: CommandRegistry;
  let settings: FakeSettings;
  let tracker: FakeTracker;

  beforeEach(() => {
    commands = new CommandRegistry();
    settings = new FakeSettings();
    tracker = new FakeTracker();
  });

  async function activate(withSettings = true): Promise<void> {
    await keepRunningPlugin.activate(
      { commands } as unknown as JupyterFrontEnd,
      tracker as unknown as INotebookTracker,
      withSettings ? (settings as unknown as ISettingRegistry) : null,
      null,
      null
    );
    // The settings come.
    await new Promise(resolve => setTimeout(resolve));
  }

  /** Whether it is on for the current notebook. */
  function isOn(): boolean {
    return commands.isToggled(GuardCommandIDs.toggleKeepRunning);
  }

  function open(): FakeNotebook {
    const notebook = new FakeNotebook({ requestExecute: jest.fn() });
    tracker.open(notebook);
    return notebook;
  }

  async function toggle(): Promise<void> {
    await commands.execute(GuardCommandIDs.toggleKeepRunning);
  }

  it('should be off by default, by its schema and without settings', async () => {
    expect(schema.properties.keepRunning.default).toBe(false);
    await activate(false);

    open();

    expect(isOn()).toBe(false);
  });

  it('should be switched for the current notebook by its command', async () => {
    await activate();
    expect(commands.isEnabled(GuardCommandIDs.toggleKeepRunning)).toBe(false);
    open();
    await toggle();
    expect(isOn()).toBe(true);

    open();
    expect(isOn()).toBe(false);
  });

  it('should be on for notebooks opened later if the user has chosen so', async () => {
    settings.composite = { keepRunning: true };
    await activate();
    expect(settings.load).toHaveBeenCalledWith(KEEP_RUNNING_ID);

    open();

    expect(isOn()).toBe(true);
  });

  it('should be on for notebooks that were open before the settings came', async () => {
    settings.composite = { keepRunning: true };
    open();

    await activate();

    expect(isOn()).toBe(true);
  });

  it('should follow a change of the setting at once', async () => {
    await activate();
    open();

    settings.choose(true);
    expect(isOn()).toBe(true);
    settings.choose(false);
    expect(isOn()).toBe(false);
  });

  it('should keep what was chosen for a notebook when the setting stays', async () => {
    await activate();
    open();
    await toggle();

    settings.choose(false);

    expect(isOn()).toBe(true);
  });

  it('should keep what was chosen for a notebook in another view of it', async () => {
    settings.composite = { keepRunning: true };
    await activate();
    const notebook = open();
    await toggle();
    expect(isOn()).toBe(false);

    tracker.open(notebook);

    expect(isOn()).toBe(false);
  });

  it('should show that it was switched whenever it was', async () => {
    await activate();
    open();
    const changed = jest.fn();
    commands.commandChanged.connect(changed);

    await toggle();
    tracker.currentChanged.emit(tracker.currentWidget);

    expect(changed).toHaveBeenCalledTimes(2);
  });
});
