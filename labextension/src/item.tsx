import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { windowIcon } from './icon';
import type { IWindowModel } from './tokens';

/**
 * Properties of one window in the panel.
 */
interface IItemProps {
  onClose: (id: string) => void;
  onRaise: (id: string) => void;
  thumbnail: string;
  trans: TranslationBundle;
  window: IWindowModel;
}

/**
 * One window: picture, title, state and a button to close it.
 */
export function WindowItem(props: IItemProps): JSX.Element {
  const { onClose, onRaise, thumbnail, trans, window } = props;
  const title = window.title || trans.__('Untitled');
  const state = describeState(window, trans);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.target !== event.currentTarget) {
      return;
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onRaise(window.id);
    }
  };
  const onCloseClick = (event: React.MouseEvent): void => {
    event.stopPropagation();
    onClose(window.id);
  };

  return (
    <li
      aria-label={`${title}, ${state}`}
      aria-selected={window.active}
      className={
        window.active
          ? 'jp-QtWindowsPanel-item jp-mod-active'
          : 'jp-QtWindowsPanel-item'
      }
      data-state={window.state}
      data-window-id={window.id}
      onClick={() => onRaise(window.id)}
      onKeyDown={onKeyDown}
      role="row"
      tabIndex={0}
      title={trans.__('Bring to front')}
    >
      <div className="jp-QtWindowsPanel-thumbnail" role="presentation">
        {thumbnail ? (
          <img alt="" draggable={false} src={thumbnail} />
        ) : (
          <windowIcon.react tag="span" />
        )}
      </div>
      <div className="jp-QtWindowsPanel-text" role="gridcell">
        <div className="jp-QtWindowsPanel-title" title={title}>
          {title}
        </div>
        <div
          className="jp-QtWindowsPanel-state"
          title={describeRates(window, trans)}
        >
          {state}
        </div>
      </div>
      <div role="gridcell">
        <button
          aria-label={trans.__('Close %1', title)}
          className="jp-QtWindowsPanel-close"
          onClick={onCloseClick}
          title={trans.__('Close window')}
          type="button"
        >
          <closeIcon.react tag="span" width="16px" />
        </button>
      </div>
    </li>
  );
}

/**
 * Say in words what a window is doing.
 */
export function describeState(
  window: IWindowModel,
  trans: TranslationBundle
): string {
  const words: string[] = [];
  const isShown = window.state !== 'failed';
  if (!window.frozen || window.state === 'detached' || !isShown) {
    words.push(describeActivity(window, trans));
  }
  if (window.frozen && isShown) {
    words.push(describeFrozen(window, trans));
  } else if (window.behind && isShown) {
    words.push(trans.__('not yet the newest state'));
  }
  if (isShown && window.transfer === 'frames') {
    words.push(
      window.reason ? trans.__('frames: %1', window.reason) : trans.__('frames')
    );
  }
  if (window.minimized) {
    words.push(trans.__('minimized'));
  }
  return words.join(' · ');
}

function describeFrozen(
  window: IWindowModel,
  trans: TranslationBundle
): string {
  return window.waiting > 0
    ? trans._n('frozen, %1 waits', 'frozen, %1 wait', window.waiting)
    : trans.__('frozen');
}

function describeActivity(
  window: IWindowModel,
  trans: TranslationBundle
): string {
  switch (window.state) {
    case 'live': {
      const fps = Math.round(window.fps);
      return fps > 0
        ? trans._n('live · %1 frame/s', 'live · %1 frames/s', fps)
        : trans.__('live');
    }
    case 'idle':
      return trans.__('idle');
    case 'detached':
      return trans.__('kernel gone');
    case 'failed':
      return window.reason
        ? trans.__('failed: %1', window.reason)
        : trans.__('failed');
  }
}

/**
 * The figures behind the state, for a tooltip.
 */
function describeRates(window: IWindowModel, trans: TranslationBundle): string {
  return [
    describeState(window, trans),
    trans.__('%1 × %2 px', window.width, window.height),
    trans.__('Updates: %1', window.revision),
    trans.__('Updates replaced by newer ones: %1', window.dropped),
    trans.__('Kernel time: %1 %', (100 * window.overhead).toFixed(1))
  ].join('\n');
}
