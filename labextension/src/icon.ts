import { LabIcon } from '@jupyterlab/ui-components';

import windowSvg from '../style/icons/window.svg';

/**
 * A window with a plot in it.
 */
export const windowIcon = new LabIcon({
  name: 'jlab-qtwindows:window',
  svgstr: windowSvg
});
