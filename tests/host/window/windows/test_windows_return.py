"""Windows whose kernel is lost, restarted or back."""

from __future__ import annotations

import pytest

from jlab_qtwindows.protocol.messages import (
    KernelGone,
    WindowClosed,
    WindowOpened,
)


class TestReturn:
    def test_the_windows_of_a_kernel_that_is_gone_stay(
        self, kernel, open_window, models, qtbot, windows
    ):
        open_window()

        kernel.close()

        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")
        assert windows._windows["w1"].window.isVisible()

    def test_a_kernel_that_comes_back_gets_its_windows(
        self, kernel, open_window, join, models, qtbot
    ):
        open_window()
        kernel.close()
        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")

        join(pid=1)

        qtbot.waitUntil(lambda: models()["w1"]["state"] != "detached")

    def test_a_restarted_kernel_uses_the_old_window_of_this_number(
        self, kernel, open_window, join, models, qtbot, windows, server
    ):
        open_window("w1", num=3)
        before = windows._windows["w1"]
        kernel.close()
        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")

        restarted = join(pid=2)
        open_window("w2", peer=restarted, num=3, title="again")

        assert windows._windows == {"w2": before}
        assert before.window.windowTitle() == "again"
        assert models()["w2"]["state"] == "live"

    def test_the_server_hears_that_the_window_is_another_one_now(
        self, kernel, open_window, join, models, qtbot, server
    ):
        open_window("w1", num=3)
        kernel.close()
        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")

        open_window("w2", peer=join(pid=2), num=3)

        assert server.receive(WindowClosed)[0].window_id == "w1"
        assert server.receive(WindowOpened)[0].window["id"] == "w2"

    @pytest.mark.parametrize(
        ("kernel_id", "num"), [("k2", 3), ("k1", 4)], ids=["kernel", "number"]
    )
    def test_a_window_of_another_kernel_or_number_is_not_taken(
        self, kernel, open_window, join, models, qtbot, kernel_id, num
    ):
        open_window("w1", num=3)
        kernel.close()
        qtbot.waitUntil(lambda: models()["w1"]["state"] == "detached")

        open_window("w2", peer=join(kernel_id=kernel_id, pid=2), num=num)

        assert set(models()) == {"w1", "w2"}

    def test_a_window_whose_kernel_lives_is_not_taken(self, open_window, join, models):
        open_window("w1", num=3)

        open_window("w2", peer=join(pid=2), num=3)

        assert set(models()) == {"w1", "w2"}

    def test_the_same_figure_again_keeps_its_window(
        self, kernel, open_window, windows, opened, models, qtbot
    ):
        open_window()
        before = windows._windows["w1"]

        kernel.send(opened("w1", title="again"))

        qtbot.waitUntil(lambda: models()["w1"]["title"] == "again")
        assert windows._windows["w1"] is before

    def test_the_server_may_know_first_that_a_kernel_is_gone(
        self, open_window, server, models
    ):
        open_window()

        server.send(KernelGone("k1"))

        assert models()["w1"]["state"] == "detached"
        assert models()["w1"]["kernel"] == "ended"

    def test_a_restart_is_told_from_an_end(
        self, kernel, open_window, server, models, qtbot
    ):
        open_window()
        kernel.close()  # which the host sees before the next process runs
        qtbot.waitUntil(lambda: models()["w1"]["kernel"] == "ended")
        server.send(KernelGone("k1", restarted=True))
        assert models()["w1"]["kernel"] == "restarted"

        server.send(KernelGone("k2"))
        assert models()["w1"]["kernel"] == "restarted"

        server.send(KernelGone("k1"))
        assert models()["w1"]["kernel"] == "ended"

    def test_windows_of_the_process_after_a_restart_are_its_own(
        self, open_window, server, models
    ):
        open_window()  # before the server has told of the restart

        server.send(KernelGone("k1", restarted=True))

        assert models()["w1"]["kernel"] == "running"
