"""Make what is worth making before boilerkill is used; it does without all of it, more slowly.

The phrases are put in the form in which they are looked for, and the modules that pay for it are
compiled, where there is a compiler. ``BOILERKILL_PURE=1 pip install .`` compiles no module.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src/boilerkill")
# Written in Cython, or in Python with their types in a `.pxd` file, where annotations are for mypy.
MODULES = ("descent.pyx", "read/nesting.py", "read/tokens.pyx", "read/walk.py")
DIRECTIVES = {"annotation_typing": False}


# In a process of its own, for boilerkill is no part of what builds it. It is told where modules
# are: those that a build asks for are often installed for that build alone.
COMPILE_PHRASES = """
import sys
from pathlib import Path
folder, *sys.path = sys.argv[1:]
from boilerkill.phrase_files import COMPILED, compiled_phrases
file = Path(folder, COMPILED)
file.parent.mkdir(parents=True)
file.write_bytes(compiled_phrases())
"""


class CompilingHook(BuildHookInterface[Any]):
    """Adds what is compiled to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the phrases and the modules; with the latter, the wheel is for one platform."""
        package = Path(self.root) / PACKAGE
        self._folders: list[tempfile.TemporaryDirectory[str]] = []
        made = [self._attempt("The phrases are not", compile_phrases, package)]
        if not os.environ.get("BOILERKILL_PURE"):
            modules = self._attempt("No module is", compile_modules, package)
            if modules is not None:
                build_data["pure_python"] = False
                build_data["infer_tag"] = True
            made.append(modules)
        for folder in filter(None, made):
            for file in filter(Path.is_file, folder.rglob("*")):
                place = file.relative_to(folder)
                if version == "editable":
                    # What is edited in place is looked for beside its source.
                    shutil.copy(file, package / place)
                else:
                    build_data["force_include"][str(file)] = f"boilerkill/{place.as_posix()}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made, which is in the wheel by now."""
        for folder in self._folders:
            folder.cleanup()

    def _attempt(self, what: str, make: Callable[[Path, Path], Path], package: Path) -> Path | None:
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._folders.append(folder)
        try:
            return make(package, Path(folder.name))
        except Exception as reason:
            # Whatever compilers raise, or their absence: Python does the same, more slowly.
            self.app.display_warning(f"{what} compiled, boilerkill will be slower: {reason}")
            return None


def compile_phrases(package: Path, folder: Path) -> Path:
    """Compile the phrases of a package below a folder, and return where they lie as in it."""
    arguments = [str(folder), str(package.parent), *sys.path]
    subprocess.run([sys.executable, "-IB", "-c", COMPILE_PHRASES, *arguments], check=True)
    return folder


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
