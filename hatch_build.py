"""Compile what is worth it, where there is a compiler; all of it exists in Python as well.

``BOILERKILL_PURE=1 pip install .`` compiles nothing.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src/boilerkill")
# Written in Cython, or in Python with their types in a `.pxd` file, where annotations are for mypy.
MODULES = ("descent.pyx", "read/walk.py")
DIRECTIVES = {"annotation_typing": False}


class CompilingHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the modules; without them, the wheel is one for every platform."""
        if os.environ.get("BOILERKILL_PURE"):
            return
        try:
            folder = compile_modules(Path(self.root) / PACKAGE, Path(tempfile.mkdtemp()))
        except Exception as reason:
            # Whatever compilers raise, or their absence: Python does the same, more slowly.
            self.app.display_warning(f"Nothing is compiled, boilerkill will be slower: {reason}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        for file in filter(Path.is_file, folder.rglob("*")):
            place = file.relative_to(folder)
            if version == "editable":
                # What is edited in place is looked for beside its source.
                shutil.copy(file, Path(self.root) / PACKAGE / place)
            else:
                build_data["force_include"][str(file)] = f"boilerkill/{place.as_posix()}"


def compile_modules(package: Path, folder: Path) -> Path:
    """Compile the modules of a package below a folder, and return where they lie as in it."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension

    extensions = [
        Extension(
            "boilerkill." + name.partition(".")[0].replace("/", "."),
            [str(package / name)],
            extra_compile_args=[] if os.name == "nt" else ["-O3"],
        )
        for name in MODULES
    ]
    made = cythonize(
        extensions,
        build_dir=str(folder / "c"),
        language_level=3,
        quiet=True,
        compiler_directives=DIRECTIVES,
    )
    command = Distribution({"ext_modules": made}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "temp")
    command.ensure_finalized()
    command.run()
    return folder / "lib" / "boilerkill"
