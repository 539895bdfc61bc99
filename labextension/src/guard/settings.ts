import type { ISettingRegistry } from '@jupyterlab/settingregistry';

/**
 * Call a function with the settings of a plugin, now and after every change; without
 * settings it is called once.
 */
export function followSettings(
  registry: ISettingRegistry | null,
  id: string,
  apply: (composite: ISettingRegistry.ISettings['composite'] | null) => void
): void {
  if (!registry) {
    apply(null);
    return;
  }
  registry
    .load(id)
    .then(settings => {
      apply(settings.composite);
      settings.changed.connect(() => apply(settings.composite));
    })
    // JupyterLab reports what is wrong with the settings; the defaults are in force.
    .catch(() => apply(null));
}
