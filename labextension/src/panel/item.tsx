import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import { windowIcon } from '../icon';
import type { IWindowModel } from '../tokens';

/**
 * Properties of one window in the panel.
 */
interface IItemProps {
  /** Why no window can be seen, empty if it can. */
  hidden: string;
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
  const { hidden, onClose, onRaise, thumbnail, trans, window } = props;
  const title = window.title || trans.__('Untitled');
  // Why, and what to do, is in the tool tip and at the head of the panel.
  const unseen = hidden && trans.__('not visible');
  const state = [unseen, describeState(window, trans)]
    .filter(Boolean)
    .join(' · ');

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
      data-hidden={hidden !== ''}
      data-state={window.state}
      data-window-id={window.id}
      onClick={() => onRaise(window.id)}
      onKeyDown={onKeyDown}
      role="row"
      tabIndex={0}
      title={hidden || trans.__('Bring to front')}
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
          title={hidden || describeRates(window, trans)}
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
 * Say in words how a window stands; its status bar has the same words.
 */
export function describeState(
  window: IWindowModel,
  trans: TranslationBundle
): string {
  const { behind, frozen, kernel, minimized, state } = window;
  const follows = kernel === 'running' && !frozen;
  const words =
    state === 'failed'
      ? [trans.__('cannot be drawn: %1', window.reason)]
      : [
          kernel === 'ended' && trans.__('kernel ended'),
          kernel === 'restarted' && trans.__('kernel restarted'),
          frozen && describeFrozen(window.waiting, trans),
          follows && describeActivity(window, trans),
          follows && behind && trans.__('newest update not shown yet'),
          window.transfer === 'frames' && describePictures(window, trans),
          window.note !== window.reason && window.note
        ];
  return [...words, minimized && trans.__('minimized')]
    .filter(Boolean)
    .join(' · ');
}

function describeActivity(
  window: IWindowModel,
  trans: TranslationBundle
): string {
  if (window.state !== 'live') {
    return window.behind ? '' : trans.__('up to date');
  }
  const fps = Math.round(window.fps);
  return fps > 0
    ? trans._n('live · %1 frame/s', 'live · %1 frames/s', fps)
    : trans.__('live');
}

function describeFrozen(waiting: number, trans: TranslationBundle): string {
  return waiting > 0
    ? trans._n('frozen, %1 update waits', 'frozen, %1 updates wait', waiting)
    : trans.__('frozen');
}

function describePictures(
  window: IWindowModel,
  trans: TranslationBundle
): string {
  return window.reason
    ? trans.__('shown as pictures: %1', window.reason)
    : trans.__('shown as pictures');
}

/**
 * The figures behind the state, for a tooltip.
 */
function describeRates(window: IWindowModel, trans: TranslationBundle): string {
  const state = describeState(window, trans);
  return [
    state,
    state.includes(window.reason) ? '' : window.reason,
    trans.__('%1 × %2 px', window.width, window.height),
    trans.__('Updates: %1', window.revision),
    trans.__('Updates replaced by newer ones: %1', window.dropped),
    trans.__('Share of the kernel’s time: %1 %', percentOf(window.overhead))
  ]
    .filter(Boolean)
    .join('\n');
}

function percentOf(fraction: number): string {
  return (100 * fraction).toFixed(1);
}
