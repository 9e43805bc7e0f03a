# SPDX-License-Identifier: Apache-2.0
"""`agentassist` alone: the desk, once for each person and data folder."""

import os
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import typer

from agentassist import __version__
from agentassist.cli.context import guarded, settings
from agentassist.settings import Settings

if TYPE_CHECKING:
    from agentassist.app import Application

_WITHOUT_DISPLAY = {"offscreen", "minimal", "vnc"}


@guarded
def open_desk() -> None:
    """Open the desk, or bring the one that runs to the front."""
    from agentassist.diagnostics import check_display  # noqa: PLC0415

    if os.environ.get("QT_QPA_PLATFORM") not in _WITHOUT_DISPLAY:
        check_display()
    raise typer.Exit(run_desk(settings().settings))


def run_desk(
    chosen: Settings,
    prepare: "Callable[[Application], object]" = lambda application: None,
    told: Mapping[str, str] = MappingProxyType({"command": "raise"}),
) -> int:
    """Run the desk until it is closed; return the exit code.

    `prepare` gets the application before it starts; what it returns is kept until the end.
    A desk that runs already is `told` what is wanted instead.
    """
    from agentassist.app import build  # noqa: PLC0415  brings Qt
    from agentassist.diagnostics import Diagnostics  # noqa: PLC0415
    from agentassist.ui.garbage import collect_rarely  # noqa: PLC0415
    from agentassist.ui.instance import Instance, send  # noqa: PLC0415

    application = build(chosen)
    collect_rarely((application.ready, application.searching))
    instance = Instance(chosen.data_dir)
    if not instance.claim():
        send(instance.name, dict(told))
        application.close()
        return 0
    diagnostics = Diagnostics(chosen.log_dir, __version__)
    diagnostics.start()
    try:
        instance.command.connect(application.obey)
        kept = prepare(application)
        application.start()
        application.listen()
        code = application.run()
        del kept
        return code
    finally:
        application.close()
        instance.close()
        diagnostics.close()
