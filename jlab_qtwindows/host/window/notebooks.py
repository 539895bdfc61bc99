"""What the windows call the notebooks, scripts and consoles they are of. GUI thread."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jlab_qtwindows.host.desktop.names import short_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jlab_qtwindows.host.desktop.geometryfile import GeometryFile
    from jlab_qtwindows.host.tools.savefolders import SaveFolders
    from jlab_qtwindows.host.wire.peers import Peer
    from jlab_qtwindows.protocol.messages import NameKernel

    from .window import HostWindow

__all__ = ["Notebooks"]

_MOST_NAMES = 1000  # of kernels that the server has named


class Notebooks:
    """The names that the server has given; what is kept by name follows a new one."""

    def __init__(
        self,
        windows: Mapping[str, HostWindow],
        memory: GeometryFile | None,
        folders: SaveFolders,
    ) -> None:
        self._windows = windows
        self._memory = memory
        self._folders = folders
        self._names: dict[str, str] = {}  # by the kernel's id

    def named(self, peer: Peer) -> Peer:
        """Return the peer, with the name that the server has given its notebook."""
        notebook = self._names.get(peer.kernel_id, peer.notebook)
        return replace(peer, notebook=notebook)

    def on_name(self, peer: Peer, message: NameKernel) -> None:
        """Show the windows of a kernel under its notebook's new name."""
        kernel_id, notebook = message.kernel_id, message.notebook
        self._names.pop(kernel_id, None)
        self._names[kernel_id] = notebook
        if len(self._names) > _MOST_NAMES:
            del self._names[next(iter(self._names))]
        windows = [w for w in self._windows.values() if w.peer.kernel_id == kernel_id]
        if message.renamed_from:
            self._folders.rename(message.renamed_from, notebook)
            if self._memory is not None:
                for window in windows:
                    window.save_geometry()
                self._memory.rename(message.renamed_from, notebook)
        for window in windows:
            window.belong_to(notebook)
        self.show_names()

    def show_names(self) -> None:
        """Tell notebooks of one name apart in the titles, while both have windows."""
        names = short_names(w.peer.notebook for w in self._windows.values())
        for window in self._windows.values():
            window.show_program(names[window.peer.notebook])
