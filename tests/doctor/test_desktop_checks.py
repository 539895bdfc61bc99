"""Display, libraries, window manager: real ones, each of which lacks something."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys

import psutil
import pytest
from desktop import virtual_desktop
from Xlib import X, Xatom, display

from jlab_qtwindows.doctor.display import check_display
from jlab_qtwindows.doctor.libraries import check_plugin, missing_libraries
from jlab_qtwindows.doctor.windowmanager import check_window_manager
from jlab_qtwindows.protocol.environment.libraries import DEBIAN_PACKAGES

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="X11 and Wayland"
)


@pytest.fixture
def plugin_lacking(tmp_path):
    """Return a function that builds an X11 plugin in want of missing libraries."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("needs a C compiler")
    plugins = tmp_path / "plugins"
    (plugins / "platforms").mkdir(parents=True)

    def build(*names):
        shared = [compiler, "-shared", "-fPIC", "-Wl,--no-as-needed"]
        source = tmp_path / "empty.c"
        source.write_text("int qtw_empty(void) { return 0; }\n")
        wanted = []
        for name in names:
            wanted.append(tmp_path / name)
            subprocess.run(
                [*shared, f"-Wl,-soname,{name}", "-o", wanted[-1], source], check=True
            )
        plugin = plugins / "platforms" / "libqxcb.so"
        subprocess.run([*shared, "-o", plugin, source, *wanted], check=True)
        for library in wanted:
            library.unlink()
        return plugins

    return build


def test_all_missing_libraries_are_named_at_once(plugin_lacking, monkeypatch):
    monkeypatch.setitem(DEBIAN_PACKAGES, "libqtw-a.so.0", "libqtw-a0")
    monkeypatch.setitem(DEBIAN_PACKAGES, "libqtw-b.so.2", "libqtw-b2")
    plugins = plugin_lacking("libqtw-a.so.0", "libqtw-b.so.2")

    line = check_plugin(plugins, "PyQt5 5.15")

    assert line.level == "fault"
    assert line.finding == "PyQt5 5.15 lacks libqtw-a.so.0, libqtw-b.so.2"
    assert line.remedy == "apt install libqtw-a0 libqtw-b2"


def test_a_library_of_no_known_package_is_named_too(plugin_lacking):
    line = check_plugin(plugin_lacking("libqtw-unknown.so.7"), "PyQt5")

    assert line.level == "fault"
    assert line.remedy == "install the packages that bring libqtw-unknown.so.7"


def test_a_plugin_with_all_its_libraries_is_well(plugin_lacking):
    plugins = plugin_lacking()

    assert missing_libraries(plugins / "platforms" / "libqxcb.so") == set()
    assert check_plugin(plugins, "PyQt5").level == "ok"


def test_a_binding_without_the_plugin_is_warned_of(tmp_path):
    assert check_plugin(tmp_path, "PyQt5").level == "warning"


def test_without_ldd_the_libraries_are_unknown_and_not_well(
    plugin_lacking, monkeypatch
):
    plugins = plugin_lacking()
    monkeypatch.setenv("PATH", "/nowhere")

    line = check_plugin(plugins, "PyQt5")

    assert line.level == "warning"


def test_no_display_is_a_fault_with_a_remedy():
    (line,) = check_display({})

    assert line.level == "fault"
    assert "DISPLAY" in line.remedy


def test_a_dead_display_is_a_fault():
    (line,) = check_display({"DISPLAY": ":987"})

    assert line.level == "fault"
    assert "X11 :987 does not answer" in line.finding


@pytest.mark.parametrize(("display", "level"), [("", "fault"), (":987", "warning")])
def test_a_dead_wayland_is_told(tmp_path, display, level):
    environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}

    first, *_ = check_display({**environ, "DISPLAY": display})

    assert (first.level, "does not answer" in first.finding) == (level, True)


def test_a_wayland_that_answers_is_well(tmp_path):
    environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-0"))
        compositor.listen()

        (line,) = check_display({**environ, "XDG_SESSION_TYPE": "wayland"})
        (manager,) = check_window_manager(environ)

    assert line.level == "ok"
    assert line.finding.endswith("(session: wayland)")
    assert "Wayland compositor" in manager.finding


@pytest.mark.parametrize(
    ("chosen", "level"), [("", "warning"), ("wayland", "warning"), ("xcb", "fault")]
)
def test_a_dead_x11_is_no_fault_where_windows_are_shown_by_wayland(
    tmp_path, chosen, level
):
    environ = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-0"))
        compositor.listen()

        line = list(
            check_display({**environ, "DISPLAY": ":987", "QT_QPA_PLATFORM": chosen})
        )[-1]

    assert line.level == level
    assert line.finding.startswith("X11 :987 does not answer")


def test_windows_hidden_by_choice_are_warned_of():
    (line,) = check_display({"QT_QPA_PLATFORM": "offscreen"})

    assert line.level == "warning"


@pytest.mark.e2e
def test_a_real_desktop_is_well():
    with virtual_desktop() as desktop:
        environ = {**os.environ, "DISPLAY": desktop.name}
        environ.pop("WAYLAND_DISPLAY", None)
        environ.pop("QT_QPA_PLATFORM", None)

        (display,) = check_display(environ)
        (manager,) = check_window_manager(environ)

    assert display.level == manager.level == "ok"
    assert manager.finding == "Openbox, brings windows to the front"


@pytest.mark.e2e
def test_a_display_without_a_window_manager_is_warned_of():
    with virtual_desktop(window_manager=False) as desktop:
        environ = {**os.environ, "DISPLAY": desktop.name}
        environ.pop("WAYLAND_DISPLAY", None)

        (line,) = check_window_manager(environ)

    assert line.level == "warning"
    assert line.finding.startswith(f"none on {desktop.name}")


@pytest.mark.e2e
def test_a_window_manager_that_does_not_raise_windows_is_warned_of():
    with virtual_desktop(window_manager=False) as desktop:
        environ = {**os.environ, "DISPLAY": desktop.name}
        environ.pop("WAYLAND_DISPLAY", None)
        connection = display.Display(desktop.name)
        introduce_window_manager(connection, "Stubborn", "_NET_CLOSE_WINDOW")

        (line,) = check_window_manager(environ)

        connection.close()

    assert line.level == "warning"
    words = "Stubborn does not bring windows to the front when asked"
    assert line.finding.startswith(words)


def introduce_window_manager(connection, name, supported):
    """Say on the root window what a window manager of this name would say there."""
    atom = connection.intern_atom
    root = connection.screen().root
    window = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    for place in (root, window):
        check = atom("_NET_SUPPORTING_WM_CHECK")
        place.change_property(check, Xatom.WINDOW, 32, [window.id])
    utf8 = atom("UTF8_STRING")
    window.change_property(atom("_NET_WM_NAME"), utf8, 8, name.encode())
    atom("_NET_ACTIVE_WINDOW")  # a name that is known on this display
    root.change_property(atom("_NET_SUPPORTED"), Xatom.ATOM, 32, [atom(supported)])
    connection.sync()


@pytest.mark.e2e
def test_a_window_manager_that_is_gone_is_not_taken_for_one(eventually):
    with virtual_desktop() as desktop:
        environ = {**os.environ, "DISPLAY": desktop.name}
        environ.pop("WAYLAND_DISPLAY", None)
        (openbox,) = (
            process
            for process in psutil.Process().children()
            if process.name() == "openbox"
            and process.environ()["DISPLAY"] == desktop.name
        )
        openbox.kill()  # it leaves its properties on the root window
        eventually(lambda: openbox.status() == psutil.STATUS_ZOMBIE)

        def level():
            (line,) = check_window_manager(environ)
            return line.level

        # The X server hears of the end in its own time.
        eventually(lambda: level() == "warning")


def test_without_a_display_nothing_is_said_of_a_window_manager():
    assert list(check_window_manager({})) == []
