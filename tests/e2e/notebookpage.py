"""A notebook in a real browser: its prompts, and what the page sends to the kernel."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
from lab import Lab
from panelpage import LIMIT
from playwright.sync_api import Page, WebSocket, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

CELL = ".jp-Notebook .jp-CodeCell"
POKE = b'"msg_type":"kernel_info_request"'
EXECUTE = b'"msg_type":"execute_request"'
PINNED = Path(__file__).parents[2] / "build" / "kernels" / "share" / "jupyter"

PROMPTS = f"""() => [...document.querySelectorAll('{CELL} .jp-InputArea-prompt')]
    .map(prompt => prompt.innerText.trim())"""


def pinned_kernels() -> dict[str, str]:
    """Return the environment in which Jupyter finds the kernels of older versions."""
    if not (PINNED / "kernels").is_dir():
        raise RuntimeError("the pinned kernels are missing: run `make kernels`")
    return {"JUPYTER_PATH": str(PINNED)}


def write_notebook(path: Path, cells: Sequence[str], kernel: str) -> None:
    """Write a notebook of code cells for a kernel."""
    book = nbformat.v4.new_notebook()
    book.metadata["kernelspec"] = {"name": kernel, "display_name": kernel}
    book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(book, path)


def write_settings(home: Path, plugin: str, **settings: object) -> None:
    """Choose settings of a plugin of this project for a JupyterLab not yet started."""
    folder = home / "settings" / "jlab-qtwindows"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{plugin}.jupyterlab-settings").write_text(json.dumps(settings))


class NotebookPage:
    """One notebook in one page of a browser."""

    def __init__(self, page: Page, display_name: str) -> None:
        self.page = page
        self.sent: list[str] = []  # "poke" or "execute", in order
        self._idle = f"text='{display_name} | Idle'"
        page.on("websocket", self._listen)

    def open(self, lab: Lab, notebook: str) -> None:
        """Load the notebook and wait for its kernel."""
        self.page.goto(lab.page(notebook))
        self.page.wait_for_selector(CELL, timeout=LIMIT)
        self.wait_until_idle()

    def wait_until_idle(self) -> None:
        """Wait until the kernel says that it has nothing to do."""
        self.page.wait_for_selector(self._idle, timeout=LIMIT)

    def forget_sent(self) -> None:
        """Count messages from now on."""
        self.sent.clear()

    @property
    def pokes(self) -> int:
        """How many requests for its information were sent to the kernel."""
        return self.sent.count("poke")

    @property
    def executions(self) -> int:
        """How many requests to execute code were sent to the kernel."""
        return self.sent.count("execute")

    def prompts(self) -> list[str]:
        """Return the prompts of all code cells: "[7]:", "[*]:", "[ ]:"."""
        found: list[str] = self.page.evaluate(PROMPTS)
        return found

    def numbers(self) -> list[int | None]:
        """Return the number of each code cell, None for one that has not run."""
        found = [re.fullmatch(r"\[(\d+)\]:", prompt) for prompt in self.prompts()]
        return [int(match[1]) if match else None for match in found]

    def highest(self) -> int:
        """Return the highest number of a cell, 0 if none has run."""
        return max((n for n in self.numbers() if n), default=0)

    def wait_for_prompt(self, index: int, prompt: str) -> None:
        """Wait until a cell has this prompt."""
        locator = self.page.locator(f"{CELL} .jp-InputArea-prompt").nth(index)
        expect(locator).to_have_text(prompt, timeout=LIMIT)

    def menu(self, menu: str, item: str) -> None:
        """Choose a command of the menu bar."""
        self.page.click(f".lm-MenuBar-itemLabel:text-is('{menu}')")
        self.page.click(f".lm-Menu-itemLabel:text-is('{item}')")

    def run_all(self) -> None:
        """Choose Run All Cells."""
        self.menu("Run", "Run All Cells")

    def run_all_and_wait(self, limit: float = LIMIT) -> bool:
        """Choose Run All Cells; returns whether all have run within `limit` ms."""
        return self._do_and_wait(self.run_all, range(len(self.prompts())), limit)

    def restart(self) -> None:
        """Restart the kernel, and clear the cells as nothing of it has run."""
        self.page.evaluate(
            """async () => {
                const { sessionContext } = jupyterapp.shell.currentWidget;
                await sessionContext.restartKernel();
                await jupyterapp.commands.execute('notebook:clear-all-cell-outputs');
            }"""
        )
        self.wait_until_idle()

    def open_view(self) -> None:
        """Choose New View for Notebook."""
        self.page.evaluate(
            """async () => {
                const first = jupyterapp.shell.currentWidget;
                await jupyterapp.commands.execute('docmanager:clone');
                while (jupyterapp.shell.currentWidget === first) {
                    await new Promise(resolve => requestAnimationFrame(resolve));
                }
                await jupyterapp.shell.currentWidget.revealed;
            }"""
        )

    def open_console(self) -> None:
        """Choose New Console for Notebook, and wait until its kernel rests."""
        self.page.evaluate(
            """async () => {
                await jupyterapp.commands.execute('notebook:create-console', {
                    activate: true
                });
                while (!jupyterapp.shell.currentWidget.console) {
                    await new Promise(resolve => requestAnimationFrame(resolve));
                }
                const { sessionContext } = jupyterapp.shell.currentWidget;
                await sessionContext.ready;
                const { kernel } = sessionContext.session;
                await kernel.info;
                // The answer comes before the word that the kernel is at rest again.
                while (kernel.status !== 'idle') {
                    await new Promise(resolve => requestAnimationFrame(resolve));
                }
            }"""
        )

    def start_in_console(self, code: str) -> None:
        """Run a cell in the console."""
        self.page.evaluate(
            """code => {
                const { console } = jupyterapp.shell.currentWidget;
                window.consoleWork = console.inject(code);
            }""",
            code,
        )

    def wait_for_console(self, limit: float = LIMIT) -> bool:
        """Return whether what was started in the console ends within `limit` ms."""
        done: bool = self.page.evaluate(
            """limit => Promise.race([
                window.consoleWork.then(() => true),
                new Promise(resolve => setTimeout(resolve, limit, false))
            ])""",
            limit,
        )
        return done

    def choose_command(self, label: str) -> None:
        """Choose a command of the command palette."""
        self.page.keyboard.press("Control+Shift+C")
        self.page.wait_for_selector(".jp-ModalCommandPalette", state="visible")
        self.page.keyboard.type(label)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(".jp-ModalCommandPalette", state="hidden")

    def select(self, index: int) -> None:
        """Select a cell, as a click beside its code does."""
        self.page.click(f"{CELL} >> nth={index} >> css=.jp-InputArea-prompt")

    def run_cell(self, index: int) -> None:
        """Select a cell and press Shift+Enter."""
        self.select(index)
        self.page.keyboard.press("Shift+Enter")

    def run_cell_and_wait(self, index: int, limit: float = LIMIT) -> bool:
        """Run a cell; returns whether it has run within `limit` ms."""
        return self._do_and_wait(lambda: self.run_cell(index), [index], limit)

    def _do_and_wait(
        self, do: Callable[[], None], indices: Sequence[int], limit: float
    ) -> bool:
        before = self.highest()
        do()
        return self.wait_until_run(indices, before, limit)

    def wait_until_run(
        self, indices: Sequence[int], before: int, limit: float = LIMIT
    ) -> bool:
        """Wait until cells have numbers above `before`; returns whether they have."""
        condition = f"""([indices, before]) => {{
            const prompts = ({PROMPTS})();
            return indices.every(index => {{
                const found = /^\\[(\\d+)\\]:$/.exec(prompts[index]);
                return found && Number(found[1]) > before;
            }});
        }}"""
        try:
            self.page.wait_for_function(
                condition, arg=[list(indices), before], timeout=limit
            )
        except PlaywrightTimeoutError:
            return False
        return True

    def _listen(self, socket: WebSocket) -> None:
        if "/channels" in socket.url:
            socket.on("framesent", self._count)

    def _count(self, payload: str | bytes) -> None:
        frame = payload.encode() if isinstance(payload, str) else payload
        if POKE in frame:
            self.sent.append("poke")
        elif EXECUTE in frame:
            self.sent.append("execute")
