"""Qt is never started on a display that would abort the process."""

from __future__ import annotations

import ctypes.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from jlab_qtwindows.protocol.environment import display, libraries
from jlab_qtwindows.protocol.environment.display import choose_platform
from jlab_qtwindows.protocol.model import clip

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="X11 and Wayland"
)

admits_us = display._display_admits_us


@pytest.fixture(autouse=True)
def everybody_is_admitted(monkeypatch):
    """The listeners of these tests speak no X; the end-to-end tests have real ones."""
    monkeypatch.setattr(display, "_display_admits_us", lambda name: True)


def test_a_display_that_listens_but_never_answers_is_not_waited_for(server):
    assert admits_us(f":{server}") is False


@pytest.fixture
def free_number():
    """Return a display number at which nothing listens."""
    return next(n for n in range(900, 1000) if not display.display_answers(f":{n}"))


@pytest.fixture
def server(free_number):
    """Return a display number at which something listens, as an X server does."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"\0/tmp/.X11-unix/X{free_number}")
        listener.listen()
        yield free_number


@pytest.fixture
def plugins(tmp_path):
    """Return a folder of plugins, as yet without any."""
    (tmp_path / "platforms").mkdir()
    return tmp_path


def test_the_users_own_choice_is_left_alone():
    assert choose_platform({"QT_QPA_PLATFORM": "xcb"}, None) == (None, "")


@pytest.mark.parametrize("name", ["offscreen", "minimal", "offscreen:size=1x1"])
def test_a_choice_that_hides_the_windows_is_told(name):
    platform, note = choose_platform({"QT_QPA_PLATFORM": name}, None)

    assert platform is None
    assert note.startswith(f"QT_QPA_PLATFORM={name}: windows are drawn but not visible")
    assert "Unset it where" in note


@pytest.fixture
def wayland(tmp_path):
    """Return the variables of a compositor that answers."""
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-0"))
        compositor.listen()
        yield {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}


def test_wayland_is_used_where_x11_does_not_answer(wayland):
    # Qt 5 would take X11 for want of XDG_SESSION_TYPE, and abort.
    assert choose_platform({**wayland, "DISPLAY": ":999"}, None) == ("wayland", "")


@pytest.mark.parametrize(
    ("session", "desktop", "qt5", "platform"),
    [
        ("wayland", "KDE", True, "wayland"),
        ("wayland", "KDE", False, "wayland"),
        ("wayland", "ubuntu:GNOME", True, "xcb"),
        ("wayland", "ubuntu:GNOME", False, "wayland"),
        ("x11", "KDE", True, "xcb"),
        ("", "", True, "xcb"),
    ],
)
def test_where_both_answer_it_is_as_qt_would_choose(
    wayland, server, session, desktop, qt5, platform
):
    environ = {
        **wayland,
        "DISPLAY": f":{server}",
        "XDG_SESSION_TYPE": session,
        "XDG_CURRENT_DESKTOP": desktop,
    }

    assert choose_platform(environ, None, qt5=qt5) == (platform, "")


def test_a_qt_without_its_wayland_plugin_uses_x11(wayland, server, plugins):
    environ = {**wayland, "DISPLAY": f":{server}", "XDG_SESSION_TYPE": "wayland"}
    assert choose_platform(environ, plugins) == ("xcb", "")

    (plugins / "platforms" / "libqwayland-generic.so").write_bytes(b"no library")
    assert choose_platform(environ, plugins) == ("xcb", "")


def test_a_stale_wayland_variable_does_not_hide_a_dead_display(tmp_path):
    environ = {
        "WAYLAND_DISPLAY": "wayland-0",
        "XDG_RUNTIME_DIR": str(tmp_path),
        "DISPLAY": ":999",
    }

    platform, note = choose_platform(environ, None)

    assert platform == "offscreen"
    assert "the display :999 does not answer" in note


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}])
def test_without_a_display_windows_are_drawn_unseen(environ):
    platform, note = choose_platform(environ, None)

    assert platform == "offscreen"
    assert "DISPLAY is not set" in note


@pytest.mark.parametrize("form", [":{}", ":{}.0", "unix:{}", "localhost:{}"])
def test_a_dead_display_is_told(free_number, form):
    name = form.format(free_number)

    platform, note = choose_platform({"DISPLAY": name}, None)

    assert platform == "offscreen"
    assert f"the display {name} does not answer" in note
    assert "with the DISPLAY of your desktop session" in note
    assert note == clip(note)  # all of it reaches the user


@pytest.mark.parametrize("name", ["nonsense", "", ":", ":x", "a:b:c"])
def test_a_display_that_is_none_does_not_break_the_choice(name):
    platform, _ = choose_platform({"DISPLAY": name}, None)

    assert platform == "offscreen"


@pytest.mark.parametrize("form", [":{}", ":{}.0", "unix:{}"])
def test_a_display_that_answers_is_used(server, plugins, form):
    assert choose_platform({"DISPLAY": form.format(server)}, plugins) == ("xcb", "")


def test_a_display_over_tcp_is_tried_too():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1] - 6000

        assert choose_platform({"DISPLAY": f"127.0.0.1:{number}"}, None)[0] == "xcb"


def test_a_plugin_that_is_no_library_is_told(server, plugins):
    (plugins / "platforms" / "libqxcb.so").write_bytes(b"no library")

    platform, note = choose_platform({"DISPLAY": f":{server}"}, plugins)

    assert platform == "offscreen"
    assert "Qt's xcb plugin is damaged" in note
    assert "pip install --force-reinstall" in note


@pytest.fixture
def plugin_lacking(plugins):
    """Return a function that builds an xcb plugin in want of a missing library."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("needs a C compiler")

    def build(name):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "empty.c")
            source.write_text("int qtw_empty(void) { return 0; }\n")
            library = Path(folder, name)
            user = Path(folder, "user.c")
            user.write_text(
                "int qtw_empty(void); int qtw_user(void) { return qtw_empty(); }\n"
            )
            shared = [compiler, "-shared", "-fPIC"]
            subprocess.run(
                [*shared, f"-Wl,-soname,{name}", "-o", library, source], check=True
            )
            target = plugins / "platforms" / "libqxcb.so"
            subprocess.run([*shared, "-o", target, user, library], check=True)

    return build


@pytest.mark.parametrize(
    ("library", "remedy"),
    [
        ("libxcb-xinerama.so.0", "apt install libxcb-xinerama0"),
        ("libqtw-unknown.so.7", "install the packages that bring libqtw-unknown.so.7"),
    ],
)
def test_a_missing_library_is_named_with_its_remedy(
    server, plugins, plugin_lacking, library, remedy, monkeypatch
):
    if ctypes.util.find_library(library.removeprefix("lib").partition(".so")[0]):
        # Installed here, so another name stands in for it.
        monkeypatch.setitem(libraries.DEBIAN_PACKAGES, "libqtw-gone.so.0", remedy[12:])
        library = "libqtw-gone.so.0"
    plugin_lacking(library)

    platform, note = choose_platform({"DISPLAY": f":{server}"}, plugins)

    assert platform == "offscreen"
    assert f"Qt's xcb plugin lacks {library}" in note
    assert f"Remedy: {remedy}" in note


def test_without_a_plugin_folder_the_display_counts(server, tmp_path):
    environ = {"DISPLAY": f":{server}"}

    assert choose_platform(environ, None) == ("xcb", "")
    assert choose_platform(environ, tmp_path / os.devnull) == ("xcb", "")
