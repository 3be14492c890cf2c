"""Executes the notebooks of this folder, or writes their code as scripts for a type checker.

    python run_notebooks.py                   # executes; the first cell that fails ends it
    python run_notebooks.py --scripts FOLDER  # writes NAME.py for each
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scripts", type=Path)
    folder: Path | None = parser.parse_args().scripts
    notebooks = sorted(HERE.glob("*.ipynb"))
    if not notebooks:
        raise SystemExit(f"{HERE}: no notebooks")
    for path in notebooks:
        if folder:
            cells = json.loads(path.read_text())["cells"]
            code = ("".join(c["source"]) for c in cells if c["cell_type"] == "code")
            (folder / f"{path.stem}.py").write_text("\n\n".join(code) + "\n")
        else:
            import nbformat
            from nbclient import NotebookClient

            notebook = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
            NotebookClient(notebook, timeout=600, resources={"metadata": {"path": str(HERE)}}).execute()
            outputs = sum(len(c.get("outputs", [])) for c in notebook.cells)
            print(f"{path.name}: {len(notebook.cells)} cells, {outputs} outputs")


if __name__ == "__main__":
    main()
