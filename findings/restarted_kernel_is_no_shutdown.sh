#!/usr/bin/env bash
# Jupyter Server tells listeners of its event bus of a restarted kernel by one event,
# `restart`: there is no `shutdown` of the old process before it and no `start` of the new
# one, though another process runs. Who listens for `shutdown` never hears of it.
#
# Exits non-zero where the behaviour has changed. Seen: "heard: start restart shutdown",
# where the last one is of the end of the script.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check \
    jupyter_server==2.17.0 jupyter_client==8.6.3 ipykernel==6.30.1
cat >"$folder/restart.py" <<'P'
import asyncio
import importlib.metadata
import os
import sys

from jupyter_server.serverapp import ServerApp

SCHEMA = "https://events.jupyter.org/jupyter_server/kernel_actions/v1"


async def main():
    app = ServerApp()
    app.initialize(["--no-browser", "--allow-root", "--port=0"], find_extensions=False)
    heard = []

    async def hear(logger, schema_id, data):
        heard.append(data["action"])

    app.event_logger.add_listener(schema_id=SCHEMA, listener=hear)
    kernels = app.kernel_manager
    kernel_id = await kernels.start_kernel(kernel_name="python3")
    first = kernels.get_kernel(kernel_id).provisioner.pid
    await kernels.restart_kernel(kernel_id)
    second = kernels.get_kernel(kernel_id).provisioner.pid
    await kernels.shutdown_kernel(kernel_id, now=True)
    await asyncio.sleep(1)
    print("jupyter_server", importlib.metadata.version("jupyter_server"))
    print("another process:", first != second)
    print("heard:", *heard)
    return 0 if heard == ["start", "restart", "shutdown"] and first != second else 1


os.environ["JUPYTER_RUNTIME_DIR"] = sys.argv[1]
sys.exit(asyncio.run(main()))
P
"$folder/venv/bin/python" "$folder/restart.py" "$folder" 2>/dev/null
