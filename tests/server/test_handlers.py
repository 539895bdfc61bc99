"""The REST API, against a host that speaks the protocol in this process."""

import json
import os
import sys

import pytest
from fakehost import until, window_model
from tornado.httpclient import HTTPClientError

from jlab_qtwindows.protocol import messages
from jlab_qtwindows.protocol.errors import HostUnavailable
from jlab_qtwindows.protocol.meeting import launch
from jlab_qtwindows.server import hostclient
from jlab_qtwindows.server.handlers import file_stem
from jlab_qtwindows.server.manager import HostStatus

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def fetch(jp_fetch):
    """Return a function that fetches a path below /jlab-qtwindows/."""

    async def get(path, **options):
        return await jp_fetch("jlab-qtwindows", *path.split("/"), **options)

    return get


@pytest.fixture
def refused(fetch):
    """Return a function that fetches and returns the HTTP status and the words."""

    async def get(path, **options):
        with pytest.raises(HTTPClientError) as error:
            await fetch(path, **options)
        body = json.loads(error.value.response.body)
        assert list(body) == ["message"]
        return error.value.code, body["message"]

    return get


def answer(host, kind, *parts, **result):
    host.answers[kind] = lambda message: (
        messages.Reply(message.request_id, result=result),
        *parts,
    )


def fail(host, kind, code, error):
    host.answers[kind] = lambda message: (
        messages.Reply(message.request_id, code=code, error=error),
    )


# -- windows -----------------------------------------------------------------------


async def test_windows_are_listed(connected_host, fetch):
    response = await fetch("windows")

    assert json.loads(response.body) == [window_model("w1")]


async def test_one_window_is_shown(connected_host, fetch):
    response = await fetch("windows/w1")

    assert json.loads(response.body) == window_model("w1")


async def test_window_is_closed(connected_host, fetch):
    response = await fetch("windows/w1", method="DELETE")

    assert response.code == 204
    closing = await connected_host.hear(messages.CloseWindow)
    assert closing.window_id == "w1"


async def test_window_is_raised(connected_host, fetch):
    response = await fetch("windows/w1/raise", method="POST", body="")

    assert response.code == 204
    raising = await connected_host.hear(messages.RaiseWindow)
    assert raising.window_id == "w1"


UNKNOWN = [
    ("GET", "windows/nope"),
    ("DELETE", "windows/nope"),
    ("POST", "windows/nope/raise"),
    ("GET", "windows/nope/thumbnail"),
    ("GET", "windows/nope/image"),
]


@pytest.mark.parametrize(("method", "path"), UNKNOWN)
async def test_unknown_window_is_not_found(connected_host, refused, method, path):
    body = "" if method == "POST" else None

    code, words = await refused(path, method=method, body=body)

    assert code == 404
    assert words == "this window is closed; run its cell again to bring it back"


@pytest.mark.parametrize(("method", "path"), UNKNOWN[1:])
async def test_without_a_host_nothing_is_done(extension, refused, method, path):
    extension.manager.put_window(window_model("nope"))

    code, _ = await refused(path, method=method, body="" if method == "POST" else None)

    assert code == 503


async def test_reason_for_a_missing_host_is_told(extension, refused):
    extension.manager.put_window(window_model("w1"))
    extension.manager.host = HostStatus(state="failed", reason="no Qt: 100% sure")

    assert await refused("windows/w1/image") == (503, "no Qt: 100% sure")


# -- thumbnails --------------------------------------------------------------------


async def test_thumbnail_of_the_revision_asked_for_is_kept(connected_host, fetch):
    answer(connected_host, messages.GetThumbnail, b"png", revision=7)
    params = {"revision": 7, "width": 200}

    response = await fetch("windows/w1/thumbnail", params=params)

    assert response.body == b"png"
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"].startswith("private, max-age=")
    request = await connected_host.hear(messages.GetThumbnail)
    assert request.width == 200
    etag = response.headers["ETag"]
    with pytest.raises(HTTPClientError) as unchanged:
        await fetch(
            "windows/w1/thumbnail", params=params, headers={"If-None-Match": etag}
        )
    assert unchanged.value.code == 304


@pytest.mark.parametrize("params", [{}, {"revision": 6}])
async def test_thumbnail_of_another_revision_is_not_kept(connected_host, fetch, params):
    answer(connected_host, messages.GetThumbnail, b"png", revision=7)

    response = await fetch("windows/w1/thumbnail", params=params)

    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("width", ["15", "1025", "-200", "wide", "1e3", "9" * 5000])
async def test_silly_width_is_refused(connected_host, refused, width):
    code, words = await refused("windows/w1/thumbnail", params={"width": width})

    assert code == 400
    assert words.startswith("width must be")


async def test_revision_must_be_a_number(connected_host, refused):
    code, words = await refused("windows/w1/thumbnail", params={"revision": "new"})

    assert (code, words) == (400, "revision must be a number")


async def test_host_that_does_not_answer_is_a_gateway_timeout(
    connected_host, refused, monkeypatch
):
    monkeypatch.setattr(hostclient, "THUMBNAIL_TIMEOUT", 0.01)

    code, words = await refused("windows/w1/thumbnail")

    assert code == 504
    assert "did not answer" in words


# -- images ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("image_format", "content_type"),
    [("png", "image/png"), ("svg", "image/svg+xml"), ("pdf", "application/pdf")],
)
async def test_image_is_a_file_to_keep(
    connected_host, fetch, image_format, content_type
):
    answer(connected_host, messages.ExportImage, b"picture", content_type="text/html")

    response = await fetch(
        "windows/w1/image", params={"format": image_format, "dpi": "150"}
    )

    assert response.body == b"picture"
    assert response.headers["Content-Type"] == content_type
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    name = f"Figure%201.{image_format}"
    expected = f"attachment; filename*=utf-8''{name.replace('%20', '+')}"
    assert response.headers["Content-Disposition"] in {
        expected,
        expected.replace("+", "%20"),
    }
    request = await connected_host.hear(messages.ExportImage)
    assert (request.format, request.dpi) == (image_format, 150.0)


async def test_scripts_of_an_svg_do_not_run(connected_host, fetch):
    answer(connected_host, messages.ExportImage, SVG)

    response = await fetch("windows/w1/image", params={"format": "svg"})

    assert response.headers["Content-Security-Policy"] == "sandbox"
    assert response.headers["Content-Disposition"].startswith("attachment;")


async def test_dpi_of_the_figure_is_the_default(connected_host, fetch):
    answer(connected_host, messages.ExportImage, b"picture")

    await fetch("windows/w1/image")

    request = await connected_host.hear(messages.ExportImage)
    assert (request.format, request.dpi) == ("png", None)


@pytest.mark.parametrize("dpi", ["9", "1201", "-1", "nan", "inf", "fine"])
async def test_silly_dpi_is_refused(connected_host, refused, dpi):
    code, words = await refused("windows/w1/image", params={"dpi": dpi})

    assert code == 400
    assert words.startswith("dpi must be")


@pytest.mark.parametrize("image_format", ["html", "../png", "PNG", ""])
async def test_unknown_format_is_refused(connected_host, refused, image_format):
    code, words = await refused("windows/w1/image", params={"format": image_format})

    assert (code, words) == (400, "format must be one of png, svg, pdf")


async def test_figure_that_cannot_be_saved_says_why(connected_host, refused):
    fail(connected_host, messages.ExportImage, "failed", "the axis is 100 % empty")

    code, words = await refused("windows/w1/image")

    assert (code, words) == (422, "the axis is 100 % empty")


async def test_window_that_the_host_does_not_know_is_not_found(connected_host, refused):
    fail(connected_host, messages.GetThumbnail, "not-found", "")

    code, _ = await refused("windows/w1/thumbnail")

    assert code == 404


@pytest.mark.parametrize(
    ("title", "stem"),
    [
        ("Figure 1", "Figure 1"),
        ("", "figure"),
        ("..", "figure"),
        ("../../etc/passwd", "etc passwd"),
        ("a\r\nSet-Cookie: b", "a Set-Cookie b"),
        ('x"; filename="y.exe', "x filename= y.exe"),
        ("<script>", "script"),
        ("Größe", "Größe"),
        ("long" * 100, "long" * 20),
    ],
)
def test_file_name_is_safe(title, stem):
    assert file_stem(title) == stem


# -- host --------------------------------------------------------------------------


async def test_host_is_shown(extension, fetch):
    response = await fetch("host")

    assert json.loads(response.body) == {
        "state": "stopped",
        "reason": "",
        "pid": None,
        "platform": "",
        "binding": "",
        "note": "",
        "restarts": 0,
        "worked": False,
    }


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "{}", '"restart"', '{"action": "explode"}', "null"]
)
async def test_bad_order_to_the_host_is_refused(extension, refused, body):
    code, words = await refused("host", method="POST", body=body)

    assert code == 400
    assert words
    assert extension.manager.host.state == "stopped"


async def test_host_is_restarted(extension, fetch, monkeypatch, tmp_path):
    (tmp_path / "idle_host.py").write_text("import sys; sys.stdin.read()")
    monkeypatch.setattr(launch, "HOST_MODULE", "idle_host")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))
    extension.manager.host = HostStatus(state="failed", reason="crashed")

    response = await fetch(
        "host", method="POST", body=json.dumps({"action": "restart"})
    )

    host = json.loads(response.body)
    assert (host["state"], host["reason"]) == ("starting", "")
    await until(extension.manager, lambda: extension.manager.host.pid == host["pid"])


async def test_host_is_started_once(extension, fetch, monkeypatch, tmp_path):
    (tmp_path / "idle_host.py").write_text("import sys; sys.stdin.read()")
    monkeypatch.setattr(launch, "HOST_MODULE", "idle_host")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), *sys.path]))

    bodies = [
        (await fetch("host", method="POST", body='{"action": "start"}')).body
        for _ in range(2)
    ]

    first, second = map(json.loads, bodies)
    assert first["state"] == "starting"
    assert second["pid"] == first["pid"]


async def test_a_host_that_was_given_up_is_not_started_by_a_cell(extension, fetch):
    extension.manager.host = HostStatus(state="failed", reason="crashed")

    response = await fetch("host", method="POST", body='{"action": "start"}')

    assert json.loads(response.body)["state"] == "failed"


async def test_restart_where_the_extension_is_off_says_why(
    extension, refused, monkeypatch
):
    def restart():
        raise HostUnavailable("the disk is full")

    monkeypatch.setattr(extension.process, "restart", restart)

    refusal = await refused("host", method="POST", body='{"action": "restart"}')

    assert refusal == (503, "the disk is full")
